package dev.ccproxy.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.TokenUsage;
import dev.ccproxy.config.PriceSettings;
import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnPricesTest {

    private static final Instant NOVEMBER = Instant.parse("2026-11-24T08:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-24T08:00:00Z");

    private static PriceSettings price(String model, String input, String output) {
        return new PriceSettings(
                model,
                Optional.empty(),
                Optional.empty(),
                false,
                "anthropic",
                new BigDecimal(input),
                new BigDecimal(output),
                Optional.of(new BigDecimal("0.1")),
                Optional.empty(),
                Optional.empty(),
                "contract");
    }

    private static PriceSettings from(PriceSettings price, String day) {
        return new PriceSettings(
                price.model(),
                Optional.of(LocalDate.parse(day)),
                price.above(),
                price.fast(),
                price.provider(),
                price.input(),
                price.output(),
                price.cacheRead(),
                price.cacheWrite5m(),
                price.cacheWrite1h(),
                price.source());
    }

    private static PriceSettings under(PriceSettings price, Optional<Long> above, boolean fast) {
        return new PriceSettings(
                price.model(),
                price.from(),
                above,
                fast,
                price.provider(),
                price.input(),
                price.output(),
                price.cacheRead(),
                price.cacheWrite5m(),
                price.cacheWrite1h(),
                price.source());
    }

    private static Cost cost(Instant at, String model, String speed, long input, PriceSettings... own) {
        TokenUsage usage =
                new TokenUsage(input, 1_000_000, 0, 0, 0, 0, new TokenUsage.Terms("standard", "not_available", speed));
        return new CostCalculator(PriceList.builtIn(new Json()).with(List.of(own))).cost(model, at, usage, true);
    }

    @Test
    void aModelThatTheListDoesNotKnowGetsAPrice() {
        assertThat(cost(NOVEMBER, "house-model", "standard", 1_000_000).certainty())
                .isEqualTo(Certainty.UNPRICED);
        Cost cost = cost(NOVEMBER, "house-model", "standard", 1_000_000, price("house-model", "3", "15"));
        assertThat(cost.certainty()).isEqualTo(Certainty.EXACT);
        assertThat(cost.usd()).isEqualByComparingTo("18");
        Price price = Objects.requireNonNull(cost.price());
        assertThat(price.source()).isEqualTo("contract");
        assertThat(price.read()).isNull();
    }

    @Test
    void withoutAFirstDayItTakesThePlaceOfEveryPriceOfThatModelAndOfNoOther() {
        PriceSettings own = price("claude-sonnet-5-5", "1", "1");
        assertThat(cost(NOVEMBER, "claude-sonnet-5-5", "standard", 1_000_000, own)
                        .usd())
                .isEqualByComparingTo("2");
        assertThat(cost(Instant.parse("2026-01-01T00:00:00Z"), "claude-sonnet-5-5", "standard", 1_000_000, own)
                        .usd())
                .isEqualByComparingTo("2");
        assertThat(cost(NOVEMBER, "claude-sonnet-5", "standard", 1_000_000, own).usd())
                .isEqualByComparingTo(
                        cost(NOVEMBER, "claude-sonnet-5", "standard", 1_000_000).usd());
    }

    @Test
    void withAFirstDayWhatWasBeforeKeepsItsPrice() {
        PriceSettings own = from(price("claude-opus-5-5", "1", "1"), "2026-12-01");
        assertThat(cost(NOVEMBER, "claude-opus-5-5", "standard", 1_000_000, own).usd())
                .isEqualByComparingTo("24");
        assertThat(cost(DECEMBER, "claude-opus-5-5", "standard", 1_000_000, own).usd())
                .isEqualByComparingTo("2");
    }

    @Test
    void longPromptsAndTheFastModeHaveRatesOfTheirOwn() {
        PriceSettings[] own = {
            price("house-model", "1", "1"),
            under(price("house-model", "2", "2"), Optional.of(500_000L), false),
            under(price("house-model", "5", "5"), Optional.empty(), true)
        };
        assertThat(cost(NOVEMBER, "house-model", "standard", 400_000, own).usd())
                .isEqualByComparingTo("1.4");
        assertThat(cost(NOVEMBER, "house-model", "standard", 1_000_000, own).usd())
                .isEqualByComparingTo("4");
        assertThat(cost(NOVEMBER, "house-model", "fast", 1_000_000, own).usd()).isEqualByComparingTo("10");
    }

    @Test
    void theLongestBeginningOfAnIdStillWins() {
        PriceSettings own = price("claude", "100", "100");
        assertThat(cost(NOVEMBER, "claude-opus-5-5", "standard", 1_000_000, own).usd())
                .isEqualByComparingTo("24");
    }
}
