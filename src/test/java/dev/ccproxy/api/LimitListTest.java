package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LimitListTest extends ApiTest {

    private void tell(Instant at, String... headers) throws InterruptedException {
        SampleExchange sample = new SampleExchange(at, "claude-opus-5-5");
        StoreEvent.Ended ended = sample.ended(Bytes.EMPTY);
        server.writer().write(sample.begun());
        server.writer().write(sample.request(REQUEST));
        server.writer()
                .write(new StoreEvent.Ended(
                        ended.summary(),
                        ended.detail(),
                        Headers.of(headers),
                        null,
                        null,
                        ended.body(),
                        ended.content(),
                        ended.arrivals(),
                        ended.news()));
        flush();
    }

    @Test
    void withoutAnythingToldThereAreNone() throws Exception {
        record();
        assertThat(json("/api/limits")).hasToString("{\"items\":[]}");
    }

    @Test
    void aLimitTellsWhatIsLeftWhenItResetsAndHowItWent() throws Exception {
        Instant now = Instant.now();
        long reset = now.plus(Duration.ofHours(3)).getEpochSecond();
        for (int hour = 20; hour >= 0; hour -= 10) {
            tell(
                    now.minus(Duration.ofHours(hour)),
                    "anthropic-ratelimit-unified-5h-utilization",
                    "0." + (60 - hour),
                    "anthropic-ratelimit-unified-5h-status",
                    "allowed",
                    "anthropic-ratelimit-unified-5h-reset",
                    "" + reset);
        }
        JsonNode limit = json("/api/limits").path("items").get(0);
        assertThat(limit.path("name").asString()).isEqualTo("unified-5h");
        assertThat(limit.path("used").asDouble()).isEqualTo(0.6);
        assertThat(limit.path("status").asString()).isEqualTo("allowed");
        assertThat(limit.path("resetsAt").asLong()).isEqualTo(reset * 1_000);
        assertThat(limit.path("over").asBoolean()).isFalse();
        assertThat(limit.has("model")).isFalse();
        assertThat(limit.path("history").findValuesAsString("used")).containsExactly("0.4", "0.5", "0.6");
        assertThat(json("/api/limits?hours=5").at("/items/0/history")).hasSize(1);
        problem("/api/limits?hours=9999", 400);
    }

    @Test
    void whatRemainsIsToldAsAShareToo() throws Exception {
        tell(
                Instant.now(),
                "anthropic-ratelimit-tokens-limit",
                "40000",
                "anthropic-ratelimit-tokens-remaining",
                "10000",
                "anthropic-ratelimit-tokens-reset",
                "2026-01-01T00:00:00Z");
        JsonNode limit = json("/api/limits").path("items").get(0);
        assertThat(limit.path("remaining").asLong()).isEqualTo(10_000);
        assertThat(limit.path("used").asDouble()).isEqualTo(0.75);
        assertThat(limit.path("model").asString()).isEqualTo("claude-opus-5-5");
        assertThat(limit.path("over").asBoolean()).isTrue();
    }

    @Test
    void aLongHistoryIsThinnedOut() throws Exception {
        Instant now = Instant.now();
        for (int i = 0; i < 400; i++) {
            SampleExchange sample = new SampleExchange(now.minus(Duration.ofMinutes(10L * i)), "claude-opus-5-5");
            StoreEvent.Ended ended = sample.ended(Bytes.EMPTY);
            server.writer().write(sample.begun());
            server.writer()
                    .write(new StoreEvent.Ended(
                            ended.summary(),
                            "",
                            Headers.of("anthropic-ratelimit-unified-7d-utilization", "0." + (1_000 - i)),
                            null,
                            null,
                            ended.body(),
                            ended.content(),
                            ended.arrivals(),
                            ended.news()));
        }
        flush();
        JsonNode history = json("/api/limits?hours=168").at("/items/0/history");
        assertThat(history.size()).isBetween(100, 301);
        assertThat(history.get(history.size() - 1).path("used").asDouble()).isEqualTo(0.1);
    }
}
