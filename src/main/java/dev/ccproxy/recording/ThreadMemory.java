package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.insight.CacheStep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the threads that were active last, so that each request is compared with the one before it without
 * reading that again. A few kilobytes a thread. Safe for all threads.
 */
final class ThreadMemory {

    private static final int MOST_THREADS = 1_024;

    /** One agent of a session; empty for the main agent. */
    record ThreadKey(String session, String agent) {
        static ThreadKey of(String session, @Nullable String agent) {
            return new ThreadKey(session, Objects.requireNonNullElse(agent, ""));
        }
    }

    /**
     * A request that was answered.
     *
     * @param conversation null where it is not remembered
     */
    record Answer(CacheStep step, @Nullable Conversation conversation) {}

    private final Map<ThreadKey, Answer> answers = bounded();

    synchronized Optional<Answer> lastAnswer(ThreadKey thread) {
        return Optional.ofNullable(answers.get(thread));
    }

    synchronized void answered(ThreadKey thread, Answer answer) {
        answers.put(thread, answer);
    }

    private static <V> Map<ThreadKey, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ThreadKey, V> eldest) {
                return size() > MOST_THREADS;
            }
        };
    }
}
