package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.DrainSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LifecycleTest {

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Lifecycle lifecycle =
            new Lifecycle(new DrainSettings(Duration.ofSeconds(30), Duration.ofMinutes(32)), inFlight::get, clock());

    @BeforeEach
    void serve() {
        lifecycle.serve();
    }

    @Test
    void untilBothPortsAnswerItOnlyStarts() {
        Lifecycle starting = new Lifecycle(
                new DrainSettings(Duration.ofSeconds(30), Duration.ofMinutes(32)), inFlight::get, clock());

        assertThat(starting.state()).isInstanceOf(Lifecycle.State.Starting.class);
        assertThat(starting.draining()).isFalse();
        starting.serve();
        assertThat(starting.state()).isInstanceOf(Lifecycle.State.Serving.class);
    }

    @Test
    void whatIsClosingDoesNotServeAgain() {
        lifecycle.close();

        lifecycle.serve();

        assertThat(lifecycle.state()).isInstanceOf(Lifecycle.State.Closing.class);
    }

    @Test
    void leavingFailsHealthAtOnceButStillServesNewRequests() {
        lifecycle.leave();

        assertThat(lifecycle.draining()).isTrue();
        assertThat(lifecycle.refusing()).isFalse();
    }

    @Test
    void afterTheGraceNewRequestsAreRefusedWhileOldOnesRun() throws Exception {
        inFlight.set(1);
        lifecycle.leave();
        now.updateAndGet(time -> time.plusSeconds(31));

        Thread waiting = Thread.ofVirtual().start(this::awaitClosing);
        await(lifecycle::refusing);
        assertThat(lifecycle.state()).isInstanceOf(Lifecycle.State.Emptying.class);

        inFlight.set(0);
        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void theCeilingEndsWhatNeverEnds() throws Exception {
        inFlight.set(1);
        lifecycle.leave();
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(33)));

        assertThat(Thread.ofVirtual().start(this::awaitClosing).join(Duration.ofSeconds(10)))
                .isTrue();
    }

    @Test
    void withNothingInFlightTheGraceIsStillServedOut() throws Exception {
        lifecycle.leave();

        Thread waiting = Thread.ofVirtual().start(this::awaitClosing);
        assertThat(waiting.join(Duration.ofMillis(1500))).isFalse();
        assertThat(lifecycle.state()).isInstanceOf(Lifecycle.State.Leaving.class);
        lifecycle.close();
        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void interruptingFromTheKeyboardWaitsForNothingButRunningExchanges() throws Exception {
        lifecycle.empty();

        assertThat(lifecycle.refusing()).isTrue();
        assertThat(Thread.ofVirtual().start(this::awaitClosing).join(Duration.ofSeconds(10)))
                .isTrue();
    }

    private void awaitClosing() {
        try {
            lifecycle.awaitClosing();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
