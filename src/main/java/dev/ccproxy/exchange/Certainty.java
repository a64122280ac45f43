package dev.ccproxy.exchange;

import java.util.Locale;

/** How sure we are of a cost; the words are those of the wire, the database and the dashboard. */
public enum Certainty {
    /** By listed rates, from what the answer says was used. */
    EXACT,
    /** By the nearest rate, or from usage that was cut short. */
    ESTIMATED,
    /** No price is known; the amount is zero and means nothing. */
    UNPRICED;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException for a word that is none of ours
     */
    public static Certainty ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
