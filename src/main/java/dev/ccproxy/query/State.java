package dev.ccproxy.query;

import java.time.Duration;
import java.util.Locale;

/** What an exchange can be besides its facts. */
public enum State {
    /** Not ended yet. */
    LIVE,
    /** Failed: its outcome is none of {@code running} and {@code completed}, nor what a user does on purpose. */
    ERROR,
    /** Took {@link #SLOW_TO_BEGIN} or more to its first content, or {@link #SLOW_TO_END} or more to its end. */
    SLOW,
    /** Cost {@link #EXPENSIVE_NANO_USD} or more. */
    EXPENSIVE,
    /** Marked by somebody. */
    STARRED;

    public static final Duration SLOW_TO_BEGIN = Duration.ofSeconds(10);
    public static final Duration SLOW_TO_END = Duration.ofMinutes(2);

    /** 50 cents. */
    public static final long EXPENSIVE_NANO_USD = 500_000_000;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }
}
