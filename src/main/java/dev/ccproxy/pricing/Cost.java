package dev.ccproxy.pricing;

import dev.ccproxy.exchange.Certainty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one exchange cost.
 *
 * @param usd the sum of the lines, exactly
 * @param why why it is no exact figure; empty where it is
 * @param price the line of the price list; null where none fits
 */
public record Cost(
        BigDecimal usd,
        Certainty certainty,
        List<CostLine> lines,
        List<String> why,
        @Nullable Price price) {

    private static final int NANO_DIGITS = 9;

    public Cost {
        lines = List.copyOf(lines);
        why = List.copyOf(why);
    }

    static Cost unpriced(String why) {
        return new Cost(BigDecimal.ZERO, Certainty.UNPRICED, List.of(), List.of(why), null);
    }

    /** The amount in billionths of a dollar, as it is stored; rounded half up. */
    public long nanoUsd() {
        return usd.setScale(NANO_DIGITS, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    }
}
