package dev.ccproxy.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LossesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Losses losses = new Losses("test", nanos::get);

    @Test
    void troubleIsOverAMinuteAfterTheLastOneThoughNothingElseHappens() {
        losses.body("the disk is full");
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(losses.problem()).isEqualTo("the disk is full");

        losses.trouble("the disk is still full");
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(losses.problem()).isEqualTo("the disk is still full");

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(losses.problem()).isNull();
        assertThat(losses.bodies()).isEqualTo(1);
    }
}
