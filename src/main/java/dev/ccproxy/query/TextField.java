package dev.ccproxy.query;

import java.util.Locale;

/** What is compared as text. */
public enum TextField {
    /** The model that was asked for, and the one that answered: either counts. */
    MODEL,
    /** The first tool that the answer calls. */
    TOOL,
    SESSION,
    /** Working directory of the session. */
    PROJECT,
    STOP,
    /** The provider that a rule sent it to. */
    PROVIDER,
    /** The rule that did. */
    RULE,
    PATH;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }
}
