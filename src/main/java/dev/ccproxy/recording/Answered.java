package dev.ccproxy.recording;

import dev.ccproxy.exchange.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says.
 *
 * @param error the message of an error body or {@code error} event
 * @param firstContentAt offset in the stored body of the first content; -1 where there is none
 */
record Answered(
        @Nullable String model,
        @Nullable String stopReason,
        @Nullable String messageId,
        @Nullable String tool,
        int toolCount,
        @Nullable String preview,
        @Nullable Usage usage,
        @Nullable String error,
        long firstContentAt) {

    static final Answered NOTHING = new Answered(null, null, null, null, 0, null, null, null, -1);
}
