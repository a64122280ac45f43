package dev.ccproxy.anthropic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its conversation. What the client sends again each time is known by fingerprints only.
 *
 * @param tools fingerprint of the tools; 0 where there are none
 * @param system fingerprint of the system prompt without Claude Code's line on itself; 0 where there is none
 * @param prompt what the user said since the last answer, the beginning; null where it is but tool results and what the
 *     client adds
 * @param results tool results since the last answer
 * @param opening fingerprints of the texts of the first user message
 * @param goesOn whether the user text is the client's own, that an answer which was cut off shall go on
 * @param directory the working directory that the client tells the model
 * @param marks where the next request of the thread may be read on from
 * @param parsedBytes how much of the body was looked at
 */
public record Conversation(
        MessageChain messages,
        long tools,
        long system,
        @Nullable String prompt,
        List<ToolResult> results,
        List<Long> opening,
        boolean goesOn,
        @Nullable String directory,
        List<ReadingMark> marks,
        int parsedBytes) {

    /** Heap bytes, about. */
    public long heapBytes() {
        long bytes = 120 + messages.heapBytes() + RequestNotes.textBytes(prompt) + 24L * opening.size();
        for (ReadingMark mark : marks) {
            bytes += mark.heapBytes();
        }
        for (ToolResult result : results) {
            bytes += 32 + RequestNotes.textBytes(result.call()) + RequestNotes.textBytes(result.agentId());
        }
        return bytes;
    }

    public Conversation {
        results = List.copyOf(results);
        opening = List.copyOf(opening);
        marks = List.copyOf(marks);
    }
}
