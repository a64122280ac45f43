package dev.ccproxy.insight;

import org.jspecify.annotations.Nullable;

/**
 * Whether a request read the prompt cache that the one before it in its thread had left, and why not.
 *
 * @param cause null for anything but a break
 * @param at path of the first part that differs; null where none does
 * @param label what that part is called
 * @param expectedTokens that could have been read
 * @param lostTokens of these, how many were not
 * @param certain whether the cause was seen; else it is what is left when nothing else explains the break
 */
public record CacheVerdict(
        State state,
        @Nullable Cause cause,
        @Nullable String at,
        @Nullable String label,
        long expectedTokens,
        long lostTokens,
        boolean certain) {

    /** What happened to the cache. */
    public enum State {
        /** What could be read was read. */
        HIT,
        /** The first request of its thread: there is nothing to read yet. */
        FIRST,
        /** Less was read than could have been. */
        BREAK,
        /** Neither request used the cache, or no usage was reported. */
        NONE
    }

    /** Why the cache was not read; the words are those of the API. */
    public enum Cause {
        TTL_EXPIRED,
        TOOLS_CHANGED,
        SYSTEM_CHANGED,
        HISTORY_REWRITTEN,
        MODEL_CHANGED,
        COMPACTION,
        /** Nothing changed and the cache was fresh: the provider had lost it. */
        SERVER_MISS
    }

    static CacheVerdict of(State state, long expectedTokens) {
        return new CacheVerdict(state, null, null, null, expectedTokens, 0, true);
    }
}
