package dev.ccproxy.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A price of one's own. Rates are USD per million tokens.
 *
 * @param model beginning of the ids it holds for, such as {@code claude-opus-5-5}
 * @param from first day (UTC) on which it holds; empty for always
 * @param above it holds for prompts of more tokens than these; empty for all
 * @param fast whether it holds for the fast mode
 * @param provider whose terms apply (service tiers, geographies), such as {@code anthropic}
 * @param source where the price was read
 */
public record PriceSettings(
        String model,
        Optional<LocalDate> from,
        Optional<Long> above,
        boolean fast,
        String provider,
        BigDecimal input,
        BigDecimal output,
        Optional<BigDecimal> cacheRead,
        Optional<BigDecimal> cacheWrite5m,
        Optional<BigDecimal> cacheWrite1h,
        String source) {

    /** Whether it is what a model costs, and not what it costs under some condition. */
    public boolean plain() {
        return above.isEmpty() && !fast;
    }
}
