package dev.ccproxy.exchange;

import dev.ccproxy.http.Headers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exchange as it begins: the head of the client's request.
 *
 * @param at wall-clock time of the request head
 * @param nanos {@link System#nanoTime()} of the same moment; all times of the exchange's events are on this clock
 * @param target the raw request target, such as {@code /v1/messages?beta=true}
 * @param clientAddress address without port, such as {@code 127.0.0.1}
 * @param tokenName name of the proxy's token that the client sent; null for none, or for the one that all share
 * @param headers the client's without the proxy's own token, other credentials in clear: a listener that keeps them must
 *     redact
 * @param provider name of the configured upstream, such as {@code anthropic}
 */
public record Opened(
        ExchangeId id,
        Instant at,
        long nanos,
        String method,
        String target,
        String clientAddress,
        @Nullable String tokenName,
        Headers headers,
        String provider) {}
