package dev.ccproxy.server;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Does something once nothing was heard for so long. For one event loop. */
final class SilenceLimit {

    private static final long NONE = -1;

    private final Vertx vertx;
    private final Duration limit;
    private final Runnable exceeded;
    private long timer = NONE;
    private boolean stopped;

    /**
     * Begins to wait.
     *
     * @param limit zero is none
     */
    SilenceLimit(Vertx vertx, Duration limit, Runnable exceeded) {
        this.vertx = vertx;
        this.limit = limit;
        this.exceeded = exceeded;
        heard();
    }

    /** Begins to wait anew. */
    void heard() {
        if (!limit.isZero() && !stopped) {
            vertx.cancelTimer(timer);
            timer = vertx.setTimer(limit.toMillis(), silent -> exceeded.run());
        }
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }
}
