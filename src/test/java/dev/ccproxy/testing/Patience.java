package dev.ccproxy.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How long tests wait for what must happen; nothing that works takes anything near it. */
public final class Patience {

    /** The bound of every wait that does not name its own. */
    public static final Duration DEFAULT = Duration.ofSeconds(20);

    /** How long a number must stay the same to be called still; too short on a busy machine only makes it smaller. */
    private static final Duration STILL = Duration.ofMillis(700);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private Patience() {}

    /** Waits for a latch; a bound that passes fails the test. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(DEFAULT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("a latch was not opened within " + DEFAULT);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    /** Asks again and again, for state that nobody announces (such as a store), until the assertion holds. */
    public static <T> T untilPasses(Supplier<T> assertion) {
        long deadline = System.nanoTime() + DEFAULT.toNanos();
        while (true) {
            try {
                return assertion.get();
            } catch (AssertionError notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The value that a growing number stops at: that has not changed for a while, and is not zero. */
    public static long untilStill(LongSupplier number) {
        return untilStill(number, STILL);
    }

    /** The same for one that grows by leaps, with less than this between them. */
    public static long untilStill(LongSupplier number, Duration still) {
        long deadline = System.nanoTime() + DEFAULT.toNanos();
        long value = number.getAsLong();
        long sinceNanos = System.nanoTime();
        while (value == 0 || System.nanoTime() - sinceNanos < still.toNanos()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            long now = number.getAsLong();
            if (now != value) {
                value = now;
                sinceNanos = System.nanoTime();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still growing after " + DEFAULT + ", or never began: " + value);
            }
        }
        return value;
    }
}
