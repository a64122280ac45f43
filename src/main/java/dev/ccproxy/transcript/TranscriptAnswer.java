package dev.ccproxy.transcript;

import dev.ccproxy.anthropic.TokenUsage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the API as a session file has it: all records of one message together.
 *
 * @param messageId such as {@code msg_01}
 * @param requestId the upstream's {@code request-id}; null where the client did not get one
 * @param agent id of the subagent; null for the main agent
 * @param at of its first record
 * @param offset of its first record in the file
 */
public record TranscriptAnswer(
        String messageId,
        @Nullable String requestId,
        @Nullable String model,
        @Nullable String agent,
        @Nullable Instant at,
        long offset,
        @Nullable TokenUsage usage) {}
