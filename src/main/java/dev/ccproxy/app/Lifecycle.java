package dev.ccproxy.app;

import dev.ccproxy.config.DrainSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the program ends without cutting anyone off.
 *
 * <pre>
 *  Starting
 *     │ both ports answer
 *     v       SIGTERM            grace over            nothing in flight,
 *  Serving ──────────&gt; Leaving ────────────&gt; Emptying ──────────────────────&gt; Closing
 *     │                  │                    ^  │     or ceiling reached        ^
 *     └─ SIGINT ─────────│────────────────────┘  │                               │
 *                        └──── a second signal ──┴───────────────────────────────┘
 * </pre>
 *
 * While Starting, nothing that listens already is ready for work; while Leaving, health checks fail but requests are
 * served, so that a load balancer has time to notice; while Emptying new requests get 503. {@link #close} ends any
 * state. Safe for all threads.
 */
final class Lifecycle {

    /** Where the program stands. */
    sealed interface State {
        record Starting() implements State {}

        record Serving() implements State {}

        record Leaving(Instant graceEnds, Instant ceiling) implements State {}

        record Emptying(Instant ceiling) implements State {}

        record Closing() implements State {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_PER_LOG_LINE = 10;

    private final DrainSettings settings;
    private final IntSupplier inFlight;
    private final Clock clock;
    private volatile State state = new State.Starting();

    Lifecycle(DrainSettings settings, IntSupplier inFlight, Clock clock) {
        this.settings = settings;
        this.inFlight = inFlight;
        this.clock = clock;
    }

    State state() {
        return state;
    }

    /** Whether health checks must fail. */
    boolean draining() {
        return switch (state) {
            case State.Starting starting -> false;
            case State.Serving serving -> false;
            case State.Leaving leaving -> true;
            case State.Emptying emptying -> true;
            case State.Closing closing -> true;
        };
    }

    /** Whether new exchanges are refused. */
    boolean refusing() {
        return switch (state) {
            case State.Starting starting -> false;
            case State.Serving serving -> false;
            case State.Leaving leaving -> false;
            case State.Emptying emptying -> true;
            case State.Closing closing -> true;
        };
    }

    /** Both ports answer. */
    synchronized void serve() {
        if (state instanceof State.Starting) {
            state = new State.Serving();
        }
    }

    /** SIGTERM: leave in good order. No effect when already on the way out. */
    synchronized void leave() {
        if (state instanceof State.Serving) {
            Instant now = clock.instant();
            moveTo(new State.Leaving(now.plus(settings.grace()), now.plus(settings.ceiling())));
        }
    }

    /** Ctrl-C: nobody balances load to this one; take nothing new, finish what runs. */
    synchronized void empty() {
        if (state instanceof State.Serving) {
            moveTo(new State.Emptying(clock.instant().plus(settings.ceiling())));
        }
    }

    /** End now. */
    synchronized void close() {
        if (!(state instanceof State.Closing)) {
            moveTo(new State.Closing());
        }
    }

    private void moveTo(State next) {
        state = next;
        notifyAll();
        LOG.info("lifecycle state={} inFlight={}", next.getClass().getSimpleName(), inFlight.getAsInt());
    }

    /** Returns when the state is Closing; moves there by itself as the diagram says. */
    void awaitClosing() throws InterruptedException {
        for (int tick = 1; !(state instanceof State.Closing); tick++) {
            advance();
            if (draining() && tick % TICKS_PER_LOG_LINE == 0) {
                LOG.info("draining state={} inFlight={}", state.getClass().getSimpleName(), inFlight.getAsInt());
            }
            synchronized (this) {
                if (!(state instanceof State.Closing)) {
                    wait(TICK.toMillis());
                }
            }
        }
    }

    private synchronized void advance() {
        Instant now = clock.instant();
        switch (state) {
            case State.Starting starting -> {}
            case State.Serving serving -> {}
            case State.Leaving(Instant graceEnds, Instant ceiling) -> {
                if (!now.isBefore(graceEnds)) {
                    moveTo(new State.Emptying(ceiling));
                    advance();
                }
            }
            case State.Emptying(Instant ceiling) -> {
                if (inFlight.getAsInt() == 0 || !now.isBefore(ceiling)) {
                    moveTo(new State.Closing());
                }
            }
            case State.Closing closing -> {}
        }
    }
}
