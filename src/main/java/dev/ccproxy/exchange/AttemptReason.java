package dev.ccproxy.exchange;

import java.util.Locale;

/** Why a request was sent again; the words are those of the API. */
public enum AttemptReason {
    /** The same, after the one before it had failed. */
    RETRY,
    /** The same, though the one before it was answered or still ran. */
    DOUBLE_SEND,
    /** The same without streaming. */
    FALLBACK,
    /** With less in it, after the one before it was refused with status 400. */
    DEGRADED,
    /** For the rest of an answer that was cut off. */
    CONTINUATION;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException for a word that is none of ours
     */
    public static AttemptReason ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
