package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PriceRouteTest extends ApiTest {

    @Test
    void everyPriceComesWithItsSourceAndDay() throws Exception {
        JsonNode prices = json("/api/prices");
        assertThat(prices.path("items").size()).isGreaterThan(30);
        for (JsonNode price : prices.path("items")) {
            assertThat(price.path("source").asString()).isNotBlank();
            assertThat(price.path("read").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
            assertThat(price.at("/rates/input").isNumber()).isTrue();
        }
        assertThat(prices.at("/terms/0/serviceTiers/batch").asDouble()).isEqualTo(0.5);
    }
}
