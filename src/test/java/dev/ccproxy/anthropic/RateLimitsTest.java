package dev.ccproxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    @Test
    void limitsOfTheApiTellHowManyRemain() {
        assertThat(RateLimits.of(Headers.of(
                        "anthropic-ratelimit-requests-limit", "50",
                        "anthropic-ratelimit-requests-remaining", "49",
                        "anthropic-ratelimit-requests-reset", "2026-11-24T09:00:00Z",
                        "Anthropic-RateLimit-Input-Tokens-Limit", "40000",
                        "anthropic-ratelimit-input-tokens-remaining", "39000",
                        "request-id", "req_1")))
                .containsExactly(
                        new RateLimit("input-tokens", null, 40_000L, 39_000L, null, null, null),
                        new RateLimit("requests", null, 50L, 49L, null, Instant.parse("2026-11-24T09:00:00Z"), null));
    }

    @Test
    void limitsOfAPlanTellWhichPartIsUsed() {
        assertThat(RateLimits.of(Headers.of(
                        "anthropic-ratelimit-unified-status", "allowed_warning",
                        "anthropic-ratelimit-unified-reset", "1795515600",
                        "anthropic-ratelimit-unified-representative-claim", "five_hour",
                        "anthropic-ratelimit-unified-5h-status", "allowed",
                        "anthropic-ratelimit-unified-5h-reset", "1795515600",
                        "anthropic-ratelimit-unified-5h-utilization", "0.83",
                        "anthropic-ratelimit-unified-5h-surpassed-threshold", "0.8",
                        "anthropic-ratelimit-unified-7d-utilization", "1.04",
                        "anthropic-ratelimit-unified-overage-disabled-reason", "out_of_credits",
                        "anthropic-ratelimit-unified-overage-status", "rejected")))
                .containsExactly(
                        new RateLimit(
                                "unified",
                                "allowed_warning",
                                null,
                                null,
                                null,
                                Instant.ofEpochSecond(1_795_515_600),
                                "representative-claim: five_hour"),
                        new RateLimit(
                                "unified-5h",
                                "allowed",
                                null,
                                null,
                                0.83,
                                Instant.ofEpochSecond(1_795_515_600),
                                "surpassed-threshold: 0.8"),
                        new RateLimit("unified-7d", null, null, null, 1.04, null, null),
                        new RateLimit(
                                "unified-overage",
                                "rejected",
                                null,
                                null,
                                null,
                                null,
                                "disabled-reason: out_of_credits"));
    }

    @Test
    void whatMakesNoSenseSaysNothing() {
        assertThat(RateLimits.of(Headers.of(
                        "anthropic-ratelimit-requests-limit", "many",
                        "anthropic-ratelimit-requests-remaining", "",
                        "anthropic-ratelimit-requests-reset", "soon",
                        "anthropic-ratelimit-unified-5h-utilization", "NaN",
                        "anthropic-ratelimit-unified-5h-reset", "99999999999999999",
                        "anthropic-ratelimit-", "x",
                        "anthropic-ratelimit-status", "x")))
                .containsExactly(
                        new RateLimit("requests", null, null, null, null, null, null),
                        new RateLimit("unified-5h", null, null, null, null, null, null));
        assertThat(RateLimits.of(Headers.EMPTY)).isEmpty();
    }

    @Test
    void anAnswerCannotMakeLimitsWithoutEnd() {
        String[] lines = new String[2_000];
        for (int i = 0; i < lines.length; i += 2) {
            lines[i] = "anthropic-ratelimit-window" + i + "-status";
            lines[i + 1] = "allowed";
        }
        assertThat(RateLimits.of(Headers.of(lines))).hasSize(32);
    }
}
