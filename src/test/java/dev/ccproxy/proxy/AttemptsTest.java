package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Headers NONE = Headers.EMPTY;

    private final Attempts attempts = attempts(5);

    @Test
    void pausesDoubleAndLieBetweenHalfAndTheWhole() {
        for (int millis : List.of(100, 200, 400, 800, 1_600)) {
            assertThat(attempts.afterNoConnection())
                    .hasValueSatisfying(pause ->
                            assertThat(pause).isBetween(Duration.ofMillis(millis / 2), Duration.ofMillis(millis)));
        }
        assertThat(attempts.afterNoConnection()).isEmpty();
    }

    @Test
    void whatTheUpstreamAsksForIsTheLeastAndIsNotMetByAllAtOnce() {
        assertThat(attempts.afterAnswer(429, Headers.of("Retry-After", "7")))
                .hasValueSatisfying(
                        pause -> assertThat(pause).isBetween(Duration.ofMillis(7_250), Duration.ofMillis(7_500)));
    }

    @Test
    void aDateIsUnderstoodToo() {
        assertThat(attempts.afterAnswer(429, Headers.of("retry-after", "Thu, 1 Jan 2026 00:00:09 GMT")))
                .hasValueSatisfying(
                        pause -> assertThat(pause).isBetween(Duration.ofMillis(9_250), Duration.ofMillis(9_500)));
    }

    @Test
    void aValueThatIsNeitherCountsAsNone() {
        assertThat(attempts.afterAnswer(429, Headers.of("retry-after", "soon")))
                .hasValueSatisfying(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMillis(500)));
    }

    @Test
    void allWaitsTogetherStayWithinAClientsPatience() {
        Headers half = Headers.of("retry-after", "25");
        assertThat(attempts.afterAnswer(529, half)).isPresent();
        assertThat(attempts.afterAnswer(529, half)).isPresent();
        assertThat(attempts.afterAnswer(529, half)).isEmpty();
        assertThat(attempts.failed()).isEqualTo(2);
    }

    @Test
    void otherStatusesAreNotTriedAgain() {
        assertThat(attempts.afterAnswer(500, NONE)).isEmpty();
        assertThat(attempts.afterAnswer(529, Headers.of("X-Should-Retry", "false")))
                .isEmpty();
        assertThat(attempts.afterAnswer(529, Headers.of("X-Should-Retry", "true")))
                .isPresent();
        assertThat(attempts(0).afterAnswer(529, NONE)).isEmpty();
    }

    private static Attempts attempts(int most) {
        return new Attempts(
                new ProviderSettings.Retries(most, List.of(429, 529)), InstantSource.fixed(NOW), new Random(5));
    }
}
