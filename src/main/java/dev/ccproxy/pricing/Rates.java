package dev.ccproxy.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What tokens of each category cost, in USD per million; null where the price list names no rate.
 *
 * @param cacheWrite5m tokens written to the cache with five minutes to live
 */
public record Rates(
        BigDecimal input,
        BigDecimal output,
        @Nullable BigDecimal cacheRead,
        @Nullable BigDecimal cacheWrite5m,
        @Nullable BigDecimal cacheWrite1h) {

    /** The rate that is listed for a category; null where none is. */
    @Nullable
    BigDecimal of(TokenCategory category) {
        return switch (category) {
            case INPUT -> input;
            case OUTPUT -> output;
            case CACHE_READ -> cacheRead;
            case CACHE_WRITE_5M -> cacheWrite5m;
            case CACHE_WRITE_1H -> cacheWrite1h;
        };
    }
}
