package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.MessageChain;
import dev.ccproxy.insight.CacheStep;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the threads that were active last, so that each request is compared with the one before it without
 * reading that again. Bounded in bytes: a few kilobytes a thread, more for long conversations. Safe for all threads.
 */
final class ThreadMemory {

    private static final long ANSWER_BYTES = 400;

    /** One agent of a session; empty for the main agent. */
    record ThreadKey(String session, String agent) {
        static ThreadKey of(String session, @Nullable String agent) {
            return new ThreadKey(session, Objects.requireNonNullElse(agent, ""));
        }
    }

    /** What the prompt cache goes by, as fingerprints. */
    record Prefix(long tools, long system, MessageChain messages) {
        static @Nullable Prefix of(@Nullable Conversation conversation) {
            return conversation == null
                    ? null
                    : new Prefix(conversation.tools(), conversation.system(), conversation.messages());
        }
    }

    /**
     * A request that was answered.
     *
     * @param prefix null where it is not remembered
     */
    record Answer(CacheStep step, @Nullable Prefix prefix) {}

    private final RecentEntries<ThreadKey, Answer> answers;

    /** Holds up to {@code mostBytes} of heap, about. */
    ThreadMemory(long mostBytes) {
        answers = new RecentEntries<>(mostBytes);
    }

    synchronized Optional<Answer> lastAnswer(ThreadKey thread) {
        return Optional.ofNullable(answers.get(thread));
    }

    synchronized void answered(ThreadKey thread, Answer answer) {
        Prefix prefix = answer.prefix();
        answers.put(
                thread,
                answer,
                ANSWER_BYTES + (prefix == null ? 0 : prefix.messages().heapBytes()));
    }
}
