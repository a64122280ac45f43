package dev.ccproxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.upstream.CircuitBreaker.State;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final AtomicLong now = new AtomicLong(1_000);
    private final CircuitBreaker breaker = new CircuitBreaker(now::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void itOpensAfterThreeFailuresInARow() {
        fail(2);
        breaker.succeeded();
        fail(2);
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);

        fail(1);
        assertThat(breaker.admits()).isFalse();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void afterHalfAMinuteOneRequestFindsOut() {
        fail(3);
        pass(Duration.ofSeconds(29));
        assertThat(breaker.admits()).isFalse();
        pass(Duration.ofSeconds(1));

        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).isFalse();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void whatItFindsOutDecides() {
        fail(3);
        pass(Duration.ofSeconds(30));
        assertThat(breaker.admits()).isTrue();
        fail(1);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.admits()).isFalse();

        pass(Duration.ofSeconds(30));
        assertThat(breaker.admits()).isTrue();
        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void oneWhoNeverReportsDoesNotKeepItShut() {
        fail(3);
        pass(Duration.ofSeconds(30));
        assertThat(breaker.admits()).isTrue();
        pass(Duration.ofSeconds(30));
        assertThat(breaker.admits()).isTrue();
    }
}
