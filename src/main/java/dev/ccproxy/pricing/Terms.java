package dev.ccproxy.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's prices are multiplied with, and what it charges besides tokens.
 *
 * @param serviceTiers factors by {@code service_tier}
 * @param geographies factors by {@code inference_geo}
 * @param webSearchPerThousand USD for a thousand searches; null where none is listed
 * @param source where they were read
 * @param read on which day
 */
public record Terms(
        String provider,
        Map<String, BigDecimal> serviceTiers,
        Map<String, BigDecimal> geographies,
        @Nullable BigDecimal webSearchPerThousand,
        String source,
        LocalDate read) {

    public Terms {
        serviceTiers = Map.copyOf(serviceTiers);
        geographies = Map.copyOf(geographies);
    }
}
