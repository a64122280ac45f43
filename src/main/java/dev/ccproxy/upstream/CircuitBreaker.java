package dev.ccproxy.upstream;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Remembers whether a provider works, so that a route with an alternative need not ask one in vain. It opens after a few
 * failures in a row, and lets one request try again each half minute until one succeeds. Safe for all threads.
 */
public final class CircuitBreaker {

    private static final int FAILURES_TO_OPEN = 3;
    private static final long RETRY_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoClock;
    private int failures;
    private long openedNanos;
    private boolean trying;

    /** Whether a provider is worth asking. */
    public enum State {
        /** It works, as far as is known. */
        CLOSED,
        /** It failed, and is left alone for a while. */
        OPEN,
        /** It failed a while ago: one request finds out whether it works again. */
        HALF_OPEN;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }
    }

    public CircuitBreaker(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    public synchronized State state() {
        if (failures < FAILURES_TO_OPEN) {
            return State.CLOSED;
        }
        return trying || nanoClock.getAsLong() - openedNanos >= RETRY_NANOS ? State.HALF_OPEN : State.OPEN;
    }

    /** Whether to ask the provider now; whoever is told so reports how it went. */
    public synchronized boolean admits() {
        boolean admitted = switch (state()) {
            case CLOSED -> true;
            case OPEN -> false;
            case HALF_OPEN -> nanoClock.getAsLong() - openedNanos >= RETRY_NANOS;
        };
        if (admitted && failures >= FAILURES_TO_OPEN) {
            trying = true;
            // The next one may try half a minute later, should nobody report.
            openedNanos = nanoClock.getAsLong();
        }
        return admitted;
    }

    public synchronized void succeeded() {
        failures = 0;
        trying = false;
    }

    public synchronized void failed() {
        failures++;
        trying = false;
        openedNanos = nanoClock.getAsLong();
    }
}
