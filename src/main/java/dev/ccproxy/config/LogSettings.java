package dev.ccproxy.config;

/** How the program logs to standard error. */
public record LogSettings(Level level, Format format) {

    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    public enum Format {
        /** Lines of key=value for people. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }
}
