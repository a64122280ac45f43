package dev.ccproxy.storage;

import java.util.Locale;
import java.util.Optional;

/** By what the use of models is told apart; the words are those of the API. */
public enum Dimension {
    /** Not at all. */
    NONE,
    /** The model that answered. */
    MODEL,
    /** {@code main}, {@code auxiliary}, or what the subagent is. */
    AGENT,
    /** Working directory of the session. */
    PROJECT,
    /** What the exchange was for. */
    KIND,
    /** Id of the session. */
    SESSION,
    /** Name of the proxy's token that was sent with it. */
    TOKEN,
    /** Day of its start, in UTC. */
    DAY;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /** The constant of a word; empty for a word that is none of ours. */
    public static Optional<Dimension> ofWord(String word) {
        for (Dimension dimension : values()) {
            if (dimension.word.equals(word)) {
                return Optional.of(dimension);
            }
        }
        return Optional.empty();
    }
}
