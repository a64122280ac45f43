package dev.ccproxy.exchange;

import java.util.Locale;

/** What an exchange was for. The words are those of the wire, the database and the dashboard. */
public enum Kind {
    MAIN,
    SUBAGENT,
    TITLE,
    COMPACTION,
    COUNT_TOKENS,
    CLASSIFIER,
    OTHER;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException for a word that is none of ours
     */
    public static Kind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
