package dev.ccproxy.session;

import java.util.Locale;

/** How the name of an agent became known; a later constant outweighs an earlier one. The words are those of the API. */
public enum NameSource {
    /** The client's hint header named it. */
    HINT,
    /** Its system prompt begins with that of an agent which is defined in a file. */
    DEFINITION,
    /** What it was asked first is what an agent call of this session asks. */
    PROMPT,
    /** The result of the agent call named it. */
    EXACT;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException for a word that is none of ours
     */
    public static NameSource ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
