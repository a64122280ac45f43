package dev.ccproxy.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Looks whether a client is still there while its body is held back: a socket tells of its end only behind the bytes that
 * were not read. So this reads on, into the request's own queue, first what the socket holds, then a little after 2, 4, 8
 * seconds and so on, up to a bound. A client that leaves behind more than that is not noticed before the upstream takes
 * something again, or has taken nothing for too long. For one event loop.
 */
final class ReadAhead {

    /** The most that one read of a socket gives, see {@code ClientConnections}. */
    private static final int LOOK_BYTES = 64 * 1024;

    /** Bounds the memory of an upload that nobody takes. */
    private static final int MOST_BYTES = 1 << 20;

    /** They empty the socket: Linux keeps unread up to twice the 256 KiB that the server asks for. */
    private static final int LOOKS_IN_FIRST_ROUND = 8;

    /** An upload that goes on, however slowly, never stands still for so long: nothing is read ahead of it. */
    private static final Duration STANDING_STILL = Duration.ofSeconds(1);

    private static final long LOOK_PAUSE_MILLIS = 10;

    private final Vertx vertx;
    private final HttpServerRequest client;
    private int rounds;
    private int holds;

    /** What was perhaps read ahead and not passed on yet. */
    private long aheadBytes;

    ReadAhead(Vertx vertx, HttpServerRequest client) {
        this.vertx = vertx;
        this.client = client;
    }

    /** A piece was passed on. */
    void passed(int bytes) {
        aheadBytes = Math.max(0, aheadBytes - bytes);
    }

    /** The upload goes on: the next time that it stands still is another. */
    void goesOn() {
        holds++;
        rounds = 0;
    }

    /**
     * Looks, if it is time to.
     *
     * @param atOnce whether the first round need not wait
     * @param wanted whether the body is still held back
     */
    void look(long standingNanos, boolean atOnce, BooleanSupplier wanted) {
        boolean first = rounds == 0;
        if ((first && atOnce) || standingNanos >= STANDING_STILL.toNanos() << rounds) {
            look(first ? LOOKS_IN_FIRST_ROUND : 1, holds, wanted);
            rounds++;
        }
    }

    private void look(int times, int hold, BooleanSupplier wanted) {
        boolean room = aheadBytes + LOOK_BYTES <= MOST_BYTES;
        if (times == 0 || !room || hold != holds || !wanted.getAsBoolean()) {
            return;
        }
        aheadBytes += LOOK_BYTES;
        ((ConnectionBase) client.connection()).channelHandlerContext().channel().read();
        vertx.setTimer(LOOK_PAUSE_MILLIS, timer -> look(times - 1, hold, wanted));
    }
}
