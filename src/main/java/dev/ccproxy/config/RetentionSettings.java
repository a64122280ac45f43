package dev.ccproxy.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What is deleted by itself; nothing where all are empty.
 *
 * @param age exchanges that began longer ago
 * @param sizeBytes the oldest exchanges while the database takes more
 * @param bodiesAge bodies of exchanges that began longer ago; the exchanges themselves stay
 */
public record RetentionSettings(Optional<Duration> age, Optional<Long> sizeBytes, Optional<Duration> bodiesAge) {

    /** Everything is kept. */
    public static final RetentionSettings NONE =
            new RetentionSettings(Optional.empty(), Optional.empty(), Optional.empty());
}
