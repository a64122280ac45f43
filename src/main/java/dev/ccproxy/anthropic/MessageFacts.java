package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.sse.SseParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one line about an answer shows, read without building its message: from a stream by {@link MessageFactsReader},
 * from a whole JSON answer or error body by {@link #ofJson}.
 *
 * @param model the model that answered
 * @param tool name of the first tool called, of the server's tools too
 * @param preview main argument of the first tool call, else the first text; one line of at most 160 characters
 * @param firstContentOffset offset in the stream of the last byte of the first event with content; -1 where there is none
 * @param errorType such as {@code overloaded_error}
 * @param errorMessage of an error body or an {@code error} event
 * @param complete whether the message reached its end
 * @param calls the tool calls, in their order
 * @param text the first 800 characters of what it says; null where it says nothing
 */
public record MessageFacts(
        @Nullable String messageId,
        @Nullable String model,
        @Nullable String stopReason,
        @Nullable TokenUsage usage,
        @Nullable String tool,
        int toolCount,
        @Nullable String preview,
        long firstContentOffset,
        @Nullable String errorType,
        @Nullable String errorMessage,
        boolean complete,
        List<ToolCall> calls,
        @Nullable String text) {

    public MessageFacts {
        calls = List.copyOf(calls);
    }

    /** Reads an answer that is no stream; what is no JSON, or not about a message, says nothing. */
    public static MessageFacts ofJson(Bytes body) {
        MessageFactsReader reader = new MessageFactsReader();
        reader.readAnswer(body);
        return reader.facts();
    }

    /**
     * Reads a whole stream.
     *
     * @param maxEventBytes see {@link SseParser}
     */
    public static MessageFacts ofStream(Bytes stream, int maxEventBytes) {
        MessageFactsReader reader = new MessageFactsReader();
        new SseParser(maxEventBytes, reader).feed(stream);
        return reader.facts();
    }
}
