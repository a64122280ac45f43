package dev.ccproxy.recording;

import dev.ccproxy.anthropic.MessageFacts;
import dev.ccproxy.anthropic.TokenUsage;
import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Bytes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says.
 *
 * @param complete whether the message reached its end
 * @param calls the tools it calls
 * @param text the beginning of what it says
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
        @Nullable TokenUsage tokens,
        boolean complete,
        List<ToolCall> calls,
        @Nullable String text,
        @Nullable String error,
        long firstContentAt) {

    static final Answered NOTHING =
            new Answered(null, null, null, null, 0, null, null, false, List.of(), null, null, -1);

    /** One event holds at most one delta, or one whole block; a body that is one line is no stream. */
    private static final int MOST_EVENT_BYTES = 16 << 20;

    /** Reads a body without content encoding. */
    static Answered read(Bytes body, String contentType) {
        if (body.isEmpty()) {
            return NOTHING;
        }
        MessageFacts facts = contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream")
                ? MessageFacts.ofStream(body, MOST_EVENT_BYTES)
                : MessageFacts.ofJson(body);
        return new Answered(
                facts.model(),
                facts.stopReason(),
                facts.messageId(),
                facts.tool(),
                facts.toolCount(),
                facts.preview(),
                facts.usage(),
                facts.complete(),
                facts.calls(),
                facts.text(),
                error(facts),
                facts.firstContentOffset());
    }

    Answered withoutFirstContent() {
        return new Answered(
                model, stopReason, messageId, tool, toolCount, preview, tokens, complete, calls, text, error, -1);
    }

    private static @Nullable String error(MessageFacts facts) {
        String message = facts.errorMessage();
        return message != null && message.isEmpty() ? facts.errorType() : message;
    }

    /** Null where the answer reported none. */
    @Nullable
    Usage usage() {
        return tokens == null
                ? null
                : new Usage(
                        tokens.input(),
                        tokens.output(),
                        tokens.cacheRead(),
                        tokens.cacheWrite5m(),
                        tokens.cacheWrite1h());
    }
}
