package dev.ccproxy.storage;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what recording could not keep and says so: one WARN line a minute while it lasts, one INFO line when a minute
 * has passed without a loss. Safe for all threads.
 */
public final class Losses {

    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final String who;
    private final LongSupplier nanoClock;

    private long exchanges;
    private long bodies;
    private @Nullable String problem;
    private long lastNanos;
    private long lastLogNanos;

    /**
     * Starts with nothing lost.
     *
     * @param who names the part in the log, such as {@code store}
     * @param nanoClock {@link System#nanoTime}
     */
    public Losses(String who, LongSupplier nanoClock) {
        this.who = who;
        this.nanoClock = nanoClock;
    }

    /** An exchange was lost whole, because of {@code why}. */
    public synchronized void exchange(String why) {
        exchanges++;
        lost(why);
    }

    /** A body was lost; its exchange is kept. */
    public synchronized void body(String why) {
        bodies++;
        lost(why);
    }

    /** Nothing is lost yet, but something is wrong that will lead there. */
    public synchronized void trouble(String why) {
        lost(why);
    }

    /** To be called now and then: notices that the trouble is over. */
    public synchronized void tick() {
        if (problem != null && nanoClock.getAsLong() - lastNanos > QUIET_NANOS) {
            problem = null;
            LOG.info("recording=recovered part={} droppedExchanges={} droppedBodies={}", who, exchanges, bodies);
        }
    }

    /** What is wrong, or was in the last minute; null when all is well. */
    public synchronized @Nullable String problem() {
        tick();
        return problem;
    }

    public synchronized long exchanges() {
        return exchanges;
    }

    public synchronized long bodies() {
        return bodies;
    }

    private void lost(String why) {
        long now = nanoClock.getAsLong();
        if (problem == null || now - lastLogNanos > QUIET_NANOS) {
            lastLogNanos = now;
            LOG.warn(
                    "recording=degraded part={} droppedExchanges={} droppedBodies={} problem=\"{}\"",
                    who,
                    exchanges,
                    bodies,
                    why);
        }
        problem = why;
        lastNanos = now;
    }
}
