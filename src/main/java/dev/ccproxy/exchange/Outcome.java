package dev.ccproxy.exchange;

import java.util.Locale;

/** How an exchange ended. The words are those of the wire, the database and the dashboard. */
public enum Outcome {
    /** Not ended yet. */
    RUNNING,
    /** The upstream's answer reached the client whole, whatever its status below 400. */
    COMPLETED,
    /** The upstream answered with an error (status >= 400, or an {@code error} event in the stream), passed on as it was. */
    UPSTREAM_ERROR,
    /** The upstream could not be reached, or broke off. */
    UPSTREAM_BROKE,
    /** One of our time limits on the upstream ran out. */
    UPSTREAM_TIMEOUT,
    /** The client closed its connection or stood still before the answer was whole; the upstream was cancelled. */
    CLIENT_LEFT,
    /** We answered ourselves: draining, too large, no right token, by rule. */
    REFUSED,
    /** Cancelled from the dashboard. */
    CANCELLED,
    /** Cut by our own shutdown. */
    DRAINED,
    /** Found without an end at the next start: the program was killed. */
    INTERRUPTED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word on the wire, such as {@code client_left}. */
    public String word() {
        return word;
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException for a word that is none of ours
     */
    public static Outcome ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
