package dev.ccproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongTriesTest {

    private static final String ADDRESS = "192.0.2.1";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final WrongTries tries = new WrongTries(nanos::get);

    @Test
    void theFirstFewAnswersComeAtOnceAndLaterOnesWaitUpToASecond() {
        for (int i = 0; i < 3; i++) {
            assertThat(tries.wrong(ADDRESS)).isZero();
        }
        for (int millis : new int[] {50, 100, 200, 400, 800, 1000, 1000}) {
            assertThat(tries.wrong(ADDRESS)).isEqualTo(Duration.ofMillis(millis));
            pass(Duration.ofMillis(millis));
        }
    }

    @Test
    void askingInParallelWaitsInOneQueueAndThenIsNotLookedAt() {
        int looked = 0;
        Duration last = Duration.ZERO;
        while (tries.banished(ADDRESS).isZero()) {
            last = tries.wrong(ADDRESS);
            looked++;
        }
        assertThat(looked).isBetween(5, 15);
        assertThat(last).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));

        pass(Duration.ofSeconds(2));

        assertThat(tries.banished(ADDRESS)).as("the queue moves on").isZero();
    }

    @Test
    void othersAreNotConcerned() {
        exhaust(ADDRESS);

        assertThat(tries.banished("192.0.2.2")).isZero();
        assertThat(tries.wrong("192.0.2.2")).isZero();
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreOne() {
        exhaust("2001:db8:1:2::1");

        assertThat(tries.banished("2001:db8:1:2:ffff::7%eth0")).isPositive();
        assertThat(tries.banished("2001:db8:1:3::1")).isZero();
    }

    @Test
    void tenQuietMinutesAreForgiven() {
        exhaust(ADDRESS);

        pass(Duration.ofMinutes(11));

        assertThat(tries.wrong(ADDRESS)).isZero();
    }

    @Test
    void onlySoManyAddressesAreRemembered() {
        exhaust(ADDRESS);
        for (int i = 0; i < 5000; i++) {
            tries.wrong("10.0." + i / 256 + "." + i % 256);
        }
        assertThat(tries.banished(ADDRESS)).isZero();
    }

    private void exhaust(String address) {
        while (tries.banished(address).isZero()) {
            tries.wrong(address);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
