package dev.ccproxy.transcript;

import dev.ccproxy.anthropic.TokenUsage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one line of a session file says, as far as it matters here; null where it does not say. The client has several dozen
 * kinds of records and adds some with each release: whatever is a JSON object counts as one.
 *
 * @param type such as {@code user}, {@code assistant} or {@code queue-operation}; empty where there is none
 * @param prompt beginning of what a user said: not of tool results, reminders and what the client adds itself; null too
 *     where nobody asked for it
 * @param title the session's, where the record gives it one
 * @param answer of records of type {@code assistant} only
 */
record TranscriptRecord(
        String type,
        @Nullable Instant at,
        @Nullable String cwd,
        @Nullable String gitBranch,
        @Nullable String version,
        @Nullable String prompt,
        @Nullable Title title,
        @Nullable Answer answer) {

    /** A title, and how much it counts: what a person chose beats what was made up. */
    record Title(Rank rank, String text) {
        enum Rank {
            SUMMARY,
            MADE_UP,
            CHOSEN
        }
    }

    /**
     * A content block of an answer: the client writes one record for each block, and repeats the rest.
     *
     * @param messageId such as {@code msg_01}
     * @param requestId the upstream's {@code request-id}
     * @param model that answered
     * @param requestedModel that was asked for
     * @param failed whether the client made the message up to say what failed
     */
    record Answer(
            @Nullable String messageId,
            @Nullable String requestId,
            @Nullable String model,
            @Nullable String requestedModel,
            @Nullable TokenUsage usage,
            boolean failed) {}
}
