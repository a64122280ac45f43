package dev.ccproxy.original;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which the original and SQLite write a time: {@code 2025-11-28T13:03:29-08:00},
 * {@code 2025-11-28 13:03:29.123456789+01:00}, and {@code 2025-11-28 21:03:29}, which is UTC.
 */
final class OriginalTime {

    private OriginalTime() {}

    /** The first that is a time. */
    static Instant parse(@Nullable String... texts) throws BrokenRow {
        for (String text : texts) {
            Instant at = text == null ? null : parse(text);
            if (at != null && at.toEpochMilli() >= 0) {
                return at;
            }
        }
        throw new BrokenRow("its timestamp is no time");
    }

    private static @Nullable Instant parse(String text) {
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.strip().replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime exact
                    ? exact.toInstant()
                    : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
