package dev.ccproxy.query;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How numbers are written. */
enum NumberForm {
    /** As it is. */
    WHOLE("a whole number") {
        @Override
        @Nullable
        Long unit(String unit) {
            return unit.isEmpty() ? 1L : null;
        }
    },
    /** With {@code k} and {@code m} for thousands and millions. */
    COUNT("a number such as 500, 1.5k or 2m") {
        @Override
        @Nullable
        Long unit(String unit) {
            return switch (unit) {
                case "" -> 1L;
                case "k" -> 1_000L;
                case "m" -> 1_000_000L;
                default -> null;
            };
        }
    },
    /** Dollars; becomes billionths of them. */
    DOLLARS("an amount in dollars such as 0.05 or 2") {
        @Override
        @Nullable
        Long unit(String unit) {
            return unit.isEmpty() ? 1_000_000_000L : null;
        }
    },
    /** With its unit, which is not guessed: 10 seconds and 10 milliseconds are both likely. Becomes milliseconds. */
    DURATION("a time with its unit, such as 500ms, 10s, 2m or 1h") {
        @Override
        @Nullable
        Long unit(String unit) {
            return switch (unit) {
                case "ms" -> 1L;
                case "s" -> 1_000L;
                case "m" -> 60_000L;
                case "h" -> 3_600_000L;
                default -> null;
            };
        }
    };

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)([A-Za-z]*)");

    /** Beyond this a browser counts no longer exactly. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);

    private final String form;

    NumberForm(String form) {
        this.form = form;
    }

    /** What one of this unit is; null when there is no such unit. */
    abstract @Nullable Long unit(String unit);

    String form() {
        return form;
    }

    /** The number in the field's own unit; empty when it is none, or has a fraction there. */
    Optional<Long> read(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Long unit = unit(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit == null) {
            return Optional.empty();
        }
        BigDecimal product = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        return product.stripTrailingZeros().scale() <= 0 && product.compareTo(MOST) <= 0
                ? Optional.of(product.longValueExact())
                : Optional.empty();
    }
}
