package dev.ccproxy.pricing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of the price list.
 *
 * @param model beginning of the ids it holds for, such as {@code claude-opus-5-5}
 * @param from first day (UTC) on which it holds; null where it always did
 * @param provider whose {@link Terms} apply, such as {@code anthropic}
 * @param bands rates for long prompts; each holds for the whole request
 * @param fast rates of the fast mode; null where there is none
 * @param source where the price was read
 * @param read on which day; null for a price that was configured
 */
public record Price(
        String model,
        @Nullable LocalDate from,
        String provider,
        Rates rates,
        List<Band> bands,
        @Nullable Rates fast,
        String source,
        @Nullable LocalDate read) {

    /**
     * Rates for prompts above a length.
     *
     * @param abovePromptTokens input, cache reads and cache writes together
     */
    public record Band(long abovePromptTokens, Rates rates) {}

    public Price {
        bands = List.copyOf(Objects.requireNonNullElse(bands, List.of()));
    }

    boolean holdsAt(Instant time) {
        return !time.isBefore(firstDay().atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** {@link #from}, or a day before all others. */
    LocalDate firstDay() {
        return Objects.requireNonNullElse(from, LocalDate.EPOCH);
    }

    /** The band of a prompt; null where the plain rates hold. */
    @Nullable
    Band band(long promptTokens) {
        return bands.stream()
                .filter(band -> promptTokens > band.abovePromptTokens())
                .max(Comparator.comparingLong(Band::abovePromptTokens))
                .orElse(null);
    }
}
