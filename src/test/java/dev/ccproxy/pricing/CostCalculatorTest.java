package dev.ccproxy.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.TokenUsage;
import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every expected amount was worked out by hand from the published rates. */
class CostCalculatorTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final CostCalculator calculator = new CostCalculator(PriceList.builtIn(new Json()));

    @ParameterizedTest
    @CsvSource({
        // input, output, read, 5 m, 1 h -> USD
        "claude-opus-5-5, 1000, 2000, 100000, 30000, 0, 0.214",
        "claude-opus-5-5, 1000, 2000, 100000, 0, 30000, 0.304",
        "claude-opus-5-5-20260922, 0, 1, 0, 0, 0, 0.00002",
        "claude-sonnet-5-5, 10, 500, 50000, 0, 10000, 0.05002",
        "claude-haiku-4-5-20251001, 12, 340, 0, 2000, 0, 0.004212",
        "claude-opus-4-1, 100, 100, 100, 100, 100, 0.014025",
        "gpt-4.1-2025-04-14, 1000, 100, 4000, 0, 0, 0.0048",
        "o4-mini, 1000000, 1000000, 0, 0, 0, 5.5",
    })
    void listedRatesGiveExactCosts(
            String model, long input, long output, long read, long write5m, long write1h, BigDecimal usd) {
        Cost cost = calculator.cost(model, NOW, usage(input, output, read, write5m, write1h), true);

        assertThat(cost.usd()).isEqualByComparingTo(usd);
        assertThat(cost.certainty()).isEqualTo(Certainty.EXACT);
        assertThat(cost.why()).isEmpty();
    }

    @Test
    void oldExchangesKeepTheirOldRate() {
        TokenUsage read = usage(0, 0, 1_000_000, 0, 0);
        assertThat(cost("claude-sonnet-5-5", Instant.parse("2026-10-06T23:59:59Z"), read))
                .isEqualByComparingTo("0.20");
        assertThat(cost("claude-sonnet-5-5", Instant.parse("2026-10-07T00:00:00Z"), read))
                .isEqualByComparingTo("0.10");
    }

    @Test
    void aLongPromptIsChargedByItsBandAsAWhole() {
        assertThat(cost("gpt-6-sol", NOW, usage(272_000, 1000, 0, 0, 0))).isEqualByComparingTo("0.554");
        assertThat(cost("gpt-6-sol", NOW, usage(272_001, 1000, 0, 0, 0))).isEqualByComparingTo("1.103004");
        Cost byCache = calculator.cost("gpt-6-sol", NOW, usage(1, 0, 272_000, 0, 0), true);
        assertThat(byCache.usd()).isEqualByComparingTo("0.108804");
        assertThat(byCache.certainty()).isEqualTo(Certainty.EXACT);
    }

    @Test
    void aRateThatTheBandDoesNotListIsScaledAndSaidToBeAGuess() {
        Cost cost = calculator.cost("claude-haiku-5-5", NOW, usage(100_000, 0, 0, 1_000_000, 0), true);
        assertThat(cost.usd()).isEqualByComparingTo("0.675");
        assertThat(cost.certainty()).isEqualTo(Certainty.ESTIMATED);
    }

    @Test
    void geographyTierAndFastModeChangeTheRates() {
        TokenUsage.Terms batchInUs = new TokenUsage.Terms("batch", "us", null);
        TokenUsage.Terms fast = new TokenUsage.Terms("standard", "global", "fast");
        TokenUsage.Terms priority = new TokenUsage.Terms("priority", null, null);

        assertThat(cost("claude-opus-5", NOW, on(batchInUs))).isEqualByComparingTo("16.5");
        assertThat(cost("claude-opus-5-5", NOW, on(fast))).isEqualByComparingTo("48");
        Cost unknownTier = calculator.cost("claude-opus-5", NOW, on(priority), true);
        assertThat(unknownTier.usd()).isEqualByComparingTo("30");
        assertThat(unknownTier.why())
                .containsExactly("no price of service tier priority is known: the plain one is used");
    }

    @Test
    void webSearchesAreChargedByTheThousand() {
        TokenUsage searched = new TokenUsage(0, 0, 0, 0, 0, 3, TokenUsage.Terms.UNSAID);
        assertThat(cost("claude-opus-5", NOW, searched)).isEqualByComparingTo("0.03");
    }

    @Test
    void theNearestModelIsAGuessThatSaysSo() {
        Cost cost = calculator.cost("claude-opus-5-9", NOW, usage(1_000_000, 0, 0, 0, 0), true);
        assertThat(cost.usd()).isEqualByComparingTo("5");
        assertThat(cost.certainty()).isEqualTo(Certainty.ESTIMATED);
        assertThat(cost.why())
                .containsExactly("no price of claude-opus-5-9 is known: the one of claude-opus-5 is used");
    }

    @Test
    void whatHasNoPriceIsUnpricedNotFree() {
        assertUnpriced(calculator.cost("llama-4", NOW, usage(1, 1, 0, 0, 0), true), "no price of llama-4 is known");
        assertUnpriced(calculator.cost("gpt-4.10", NOW, usage(1, 1, 0, 0, 0), true), "no price of gpt-4.10 is known");
        assertUnpriced(calculator.cost("claude-opus-5", NOW, null, true), "the answer reported no usage");
        assertUnpriced(calculator.cost(null, NOW, usage(1, 1, 0, 0, 0), true), "the answer named no model");
    }

    @Test
    void anAnswerThatWasCutOffCountsWhatItHadReported() {
        Cost cost = calculator.cost("claude-opus-5", NOW, usage(1000, 3, 0, 0, 0), false);
        assertThat(cost.usd()).isEqualByComparingTo("0.005075");
        assertThat(cost.certainty()).isEqualTo(Certainty.ESTIMATED);
    }

    @Test
    void theLinesShowTheArithmetic() {
        Cost cost = calculator.cost(
                "claude-opus-5", NOW, new TokenUsage(7, 11, 13, 17, 19, 2, TokenUsage.Terms.UNSAID), true);
        assertThat(cost.lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line.rate()
                                .multiply(BigDecimal.valueOf(line.quantity()))
                                .multiply(line.factor())
                                .divide(BigDecimal.valueOf(line.per())))
                        .isEqualByComparingTo(line.usd()));
        assertThat(cost.lines().stream().map(CostLine::usd).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(cost.usd());
        assertThat(cost.nanoUsd()).isEqualTo(cost.usd().movePointRight(9).longValueExact());
    }

    private BigDecimal cost(String model, Instant time, TokenUsage usage) {
        Cost cost = calculator.cost(model, time, usage, true);
        assertThat(cost.certainty()).as(cost.why().toString()).isEqualTo(Certainty.EXACT);
        return cost.usd();
    }

    private static void assertUnpriced(Cost cost, String why) {
        assertThat(cost.certainty()).isEqualTo(Certainty.UNPRICED);
        assertThat(cost.usd()).isZero();
        assertThat(cost.why()).containsExactly(why);
    }

    private static TokenUsage usage(long input, long output, long read, long write5m, long write1h) {
        return new TokenUsage(input, output, read, write5m, write1h, 0, TokenUsage.Terms.UNSAID);
    }

    /** A million tokens in, a million out. */
    private static TokenUsage on(TokenUsage.Terms terms) {
        return new TokenUsage(1_000_000, 1_000_000, 0, 0, 0, 0, terms);
    }
}
