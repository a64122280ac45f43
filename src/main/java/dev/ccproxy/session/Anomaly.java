package dev.ccproxy.session;

import dev.ccproxy.exchange.ExchangeId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something in the course of a session that is worth a look.
 *
 * @param exchange at which it showed
 * @param agentId null for the main agent
 * @param count how many exchanges it took
 * @param detail one sentence for people
 */
public record Anomaly(
        Kind kind,
        ExchangeId exchange,
        Instant at,
        @Nullable String agentId,
        int count,
        String detail) {

    /** What it is; the words are those of the API. */
    public enum Kind {
        /** The same tools were called with the same arguments again and again. */
        REPEATED_CALL,
        /** The context grew by much at once. */
        CONTEXT_JUMP,
        /** Several failures within a minute. */
        ERROR_BURST,
        /** A request was sent that had been answered, or still ran. */
        DOUBLE_SEND;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }
    }
}
