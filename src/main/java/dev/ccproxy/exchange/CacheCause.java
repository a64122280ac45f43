package dev.ccproxy.exchange;

import java.util.Locale;

/** Why the prompt cache was not read; the words are those of the API. */
public enum CacheCause {
    TTL_EXPIRED,
    TOOLS_CHANGED,
    SYSTEM_CHANGED,
    HISTORY_REWRITTEN,
    MODEL_CHANGED,
    COMPACTION,
    /** Nothing changed and the cache was fresh: the provider had lost it. */
    SERVER_MISS;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException for a word that is none of ours
     */
    public static CacheCause ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
