package dev.ccproxy.config;

/** What helps to find text. */
public enum SearchIndex {
    /** Everything is looked through, newest first. */
    OFF,
    /** An index of words tells where to look. */
    WORDS
}
