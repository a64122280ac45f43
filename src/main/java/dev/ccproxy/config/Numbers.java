package dev.ccproxy.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers, durations and sizes as people write them in settings. */
final class Numbers {

    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** Longer than this means none in practice, and would overflow timers that count in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

    private Numbers() {}

    static Optional<Integer> whole(String text, int smallest, int largest) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        return number >= smallest && number <= largest ? Optional.of((int) number) : Optional.empty();
    }

    /** Reads {@code 600} (seconds), {@code 500ms}, {@code 30 s}, {@code 10m}, {@code 1h}. */
    static Optional<Duration> duration(String text) {
        return withUnit(text, Numbers::millis)
                .filter(millis -> millis <= LONGEST.toMillis())
                .map(Duration::ofMillis);
    }

    /** Reads what {@link #duration} does and {@code 30d}, up to a hundred years; more than zero. */
    static Optional<Duration> age(String text) {
        return withUnit(text, unit -> unit.equals("d") ? Optional.of(86_400_000L) : millis(unit))
                .filter(millis -> millis > 0 && millis <= LONGEST_AGE.toMillis())
                .map(Duration::ofMillis);
    }

    /** Reads {@code 67108864} (bytes), {@code 64MiB}, {@code 1GiB}. */
    static Optional<Long> bytes(String text) {
        return withUnit(text, Numbers::unitBytes);
    }

    private static Optional<Long> withUnit(String text, Function<String, Optional<Long>> unit) {
        Matcher matcher = WITH_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(matcher.group(1));
        return unit.apply(matcher.group(2).toLowerCase(Locale.ROOT))
                .map(factor -> number.multiply(BigInteger.valueOf(factor)))
                .filter(product -> product.compareTo(LARGEST) <= 0)
                .map(BigInteger::longValueExact);
    }

    private static Optional<Long> millis(String unit) {
        return switch (unit) {
            case "ms" -> Optional.of(1L);
            case "", "s" -> Optional.of(1_000L);
            case "m" -> Optional.of(60_000L);
            case "h" -> Optional.of(3_600_000L);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> unitBytes(String unit) {
        return switch (unit) {
            case "", "b" -> Optional.of(1L);
            case "kib" -> Optional.of(1L << 10);
            case "mib" -> Optional.of(1L << 20);
            case "gib" -> Optional.of(1L << 30);
            default -> Optional.empty();
        };
    }
}
