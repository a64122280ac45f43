package dev.ccproxy.storage.jdbc;

import java.util.Locale;

/** What a compressed blob holds: each has a dictionary of its own. */
enum Purpose {
    /** Packs of segments. */
    SEGMENTS(6),
    /** Answers, most of them streams of events. */
    ANSWERS(6),
    HEADERS(6);

    private final int level;

    Purpose(int level) {
        this.level = level;
    }

    /** Zstandard's level: above it the time grows faster than the file shrinks. */
    int level() {
        return level;
    }

    /** The word in the table {@code dictionary}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
