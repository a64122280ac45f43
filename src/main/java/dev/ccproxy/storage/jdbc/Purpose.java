package dev.ccproxy.storage.jdbc;

import java.util.Locale;

/** What a compressed blob holds: each has a dictionary of its own. */
enum Purpose {
    /** Packs of segments. */
    SEGMENTS,
    /** Answers, most of them streams of events. */
    ANSWERS,
    HEADERS;

    /** The word in the table {@code dictionary}, and the name of the shipped file. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
