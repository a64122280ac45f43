package dev.ccproxy.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** State that several threads change and tests wait for, guarded by this object. Safe for all threads. */
final class Changes {

    synchronized void make(Runnable change) {
        change.run();
        notifyAll();
    }

    synchronized <T> T read(Supplier<T> state) {
        return state.get();
    }

    /** Waits until the condition holds; fails the test with {@code what} when it does not within the bound. */
    synchronized void await(Duration atMost, BooleanSupplier condition, Supplier<String> what) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new AssertionError("not within " + atMost.toMillis() + " ms: " + what.get());
            }
            try {
                wait(leftMillis);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what.get(), stopped);
            }
        }
    }
}
