package dev.ccproxy.exchange;

import java.util.Locale;

/** Why all of what an exchange cost was in vain; the words are those of the API. */
public enum Waste {
    /** The client left, or somebody cancelled it, when it was being billed already. */
    ABANDONED,
    /** It broke, or ended in an error, when it was being billed already. */
    BROKEN,
    /** The same request had been answered, or still ran. */
    DOUBLE_SEND;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException for a word that is none of ours
     */
    public static Waste ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
