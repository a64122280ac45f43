package dev.ccproxy.exchange;

import java.util.Locale;

/** How the session of a request was found whose client sends no session header. The words are those of the API. */
public enum InferredFrom {
    /** Its body names the session, in {@code metadata.user_id}. */
    METADATA,
    /** It goes on with the messages of a request before it; else it begins a session. */
    CONTENT;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException for a word that is none of ours
     */
    public static InferredFrom ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
