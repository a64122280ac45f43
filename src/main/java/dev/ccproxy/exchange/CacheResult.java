package dev.ccproxy.exchange;

import java.util.Locale;

/** What happened to the prompt cache that an earlier request of the thread had left; the words are those of the API. */
public enum CacheResult {
    /** What could be read was read. */
    HIT,
    /** The first request of its thread: there is nothing to read yet. */
    FIRST,
    /** Less was read than could have been. */
    BREAK,
    /** Neither request used the cache, or no usage was reported. */
    NONE;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException for a word that is none of ours
     */
    public static CacheResult ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
