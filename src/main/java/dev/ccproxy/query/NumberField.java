package dev.ccproxy.query;

import java.util.Locale;

/** What is compared as a whole number, in the unit of the API. */
public enum NumberField {
    /** Milliseconds since 1970 when it began. */
    AT,
    STATUS,
    /** Billionths of a dollar. */
    COST,
    /** All input tokens. */
    CTX,
    /** Input tokens that were neither read from nor written to the cache. */
    INPUT,
    /** Input tokens read from the cache. */
    READ,
    /** Input tokens written to the cache, for five minutes and for an hour together. */
    WRITE,
    /** Output tokens. */
    OUT,
    /** Whole milliseconds to the head of the answer. */
    TTFB,
    /** Whole milliseconds to the first content of the message. */
    TTFT,
    /** Whole milliseconds to the end. */
    DUR;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }
}
