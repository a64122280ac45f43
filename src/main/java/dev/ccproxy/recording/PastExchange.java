package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that another program recorded and that is over.
 *
 * @param requestedModel the model the client asked for, where the body no longer says so; null where it does
 * @param headers with credentials in clear, or as the other program hid them
 * @param body without content encoding, whatever the headers say
 * @param answer null where the other program has none
 * @param detail one sentence on where it comes from and how it ended
 */
public record PastExchange(
        ExchangeId id,
        Instant at,
        String method,
        String target,
        @Nullable String requestedModel,
        Headers headers,
        Bytes body,
        Outcome outcome,
        @Nullable PastAnswer answer,
        String detail) {

    /**
     * Its answer.
     *
     * @param body without content encoding, whatever the headers say
     */
    public record PastAnswer(int status, Headers headers, Bytes body, Duration duration) {}
}
