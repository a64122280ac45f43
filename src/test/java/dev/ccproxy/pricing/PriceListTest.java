package dev.ccproxy.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.json.Json;
import org.junit.jupiter.api.Test;

class PriceListTest {

    private final PriceList list = PriceList.builtIn(new Json());

    @Test
    void everyPriceNamesItsSourceAndTheDayItWasRead() {
        assertThat(list.prices()).hasSizeGreaterThan(30).allSatisfy(price -> {
            assertThat(price.source()).as(price.model()).isNotBlank();
            assertThat(price.read()).as(price.model()).isNotNull();
            assertThat(price.rates().input()).as(price.model()).isPositive();
            assertThat(price.rates().output()).as(price.model()).isPositive();
            assertThat(list.terms(price.provider())).as(price.model()).isPresent();
        });
    }

    @Test
    void noTwoLinesHoldFromTheSameDay() {
        assertThat(list.prices().stream().map(price -> price.model() + " " + price.firstDay()))
                .doesNotHaveDuplicates();
    }

    @Test
    void cacheRatesOfClaudeModelsFollowTheirInput() {
        assertThat(list.prices())
                .filteredOn(price -> price.provider().equals("anthropic"))
                .allSatisfy(price -> {
                    assertThat(price.rates().cacheRead())
                            .as(price.model())
                            .isLessThan(price.rates().input());
                    assertThat(price.rates().cacheWrite5m())
                            .as(price.model())
                            .isGreaterThan(price.rates().input());
                    assertThat(price.rates().cacheWrite1h())
                            .as(price.model())
                            .isGreaterThan(price.rates().cacheWrite5m());
                });
    }
}
