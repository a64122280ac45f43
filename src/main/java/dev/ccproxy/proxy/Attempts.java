package dev.ccproxy.proxy;

import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Counts how often an exchange was tried, and tells when to try again. The waits of all tries together stay well within
 * the patience of a client: what would take longer is the client's to repeat. For one event loop.
 */
final class Attempts {

    private static final Duration FIRST_PAUSE_WITHOUT_CONNECTION = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE_AFTER_STATUS = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProviderSettings.Retries settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private int failed;
    private Duration waited = Duration.ZERO;

    Attempts(ProviderSettings.Retries settings, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** How many tries have failed so far. */
    int failed() {
        return failed;
    }

    /** The pause before the next try when nothing has reached the upstream; empty when this was the last. */
    Optional<Duration> afterNoConnection() {
        return pause(jittered(FIRST_PAUSE_WITHOUT_CONNECTION));
    }

    /** The pause before the next try after such an answer; empty when it is the one to pass on. */
    Optional<Duration> afterAnswer(int status, Headers headers) {
        boolean wanted = settings.statuses().contains(status)
                && headers.first("x-should-retry")
                        .filter("false"::equalsIgnoreCase)
                        .isEmpty();
        if (!wanted) {
            return Optional.empty();
        }
        Duration backoff = jittered(FIRST_PAUSE_AFTER_STATUS);
        Duration asked = headers.first("retry-after").flatMap(this::retryAfter).orElse(Duration.ZERO);
        return pause(asked.compareTo(backoff) > 0 ? asked.plus(backoff) : backoff);
    }

    private Optional<Duration> pause(Duration pause) {
        if (failed >= settings.most() || waited.plus(pause).compareTo(PATIENCE) > 0) {
            return Optional.empty();
        }
        failed++;
        waited = waited.plus(pause);
        return Optional.of(pause);
    }

    /** Doubles with each try, and lies between half and the whole of that. */
    private Duration jittered(Duration first) {
        long millis = first.toMillis() << failed;
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }

    /** Seconds or a date (RFC 9110 section 10.2.3). */
    private Optional<Duration> retryAfter(String value) {
        String text = value.strip();
        try {
            if (text.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(clock.instant(), at));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
