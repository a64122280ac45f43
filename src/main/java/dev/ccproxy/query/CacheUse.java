package dev.ccproxy.query;

import java.util.Locale;

/** How the prompt cache served an exchange, as its answer reports, or as follows from it. */
public enum CacheUse {
    /** Part of the input was read from it. */
    HIT,
    /** Nothing was read from it. */
    MISS,
    /** Less was read from it than an earlier request had left there. */
    BREAK;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }
}
