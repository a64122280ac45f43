package dev.ccproxy.exchange;

import dev.ccproxy.http.Headers;
import java.time.Instant;

/**
 * An exchange as it begins: the head of the client's request.
 *
 * @param at wall-clock time of the request head
 * @param nanos {@link System#nanoTime()} of the same moment; all times of the exchange's events are on this clock
 * @param target the raw request target, such as {@code /v1/messages?beta=true}
 * @param clientAddress address without port, such as {@code 127.0.0.1}
 * @param headers the client's, with credentials in clear: a listener that keeps them must redact
 * @param provider name of the configured upstream, such as {@code anthropic}
 */
public record Opened(
        ExchangeId id,
        Instant at,
        long nanos,
        String method,
        String target,
        String clientAddress,
        Headers headers,
        String provider) {}
