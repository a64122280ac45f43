package dev.ccproxy.proxy;

import io.vertx.core.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was given to a connection and is not in its socket yet. The library counts pieces, of which sixteen may be many
 * megabytes; this counts bytes. For one event loop.
 */
final class Unsent {

    /** Keeps any socket busy until more comes. */
    private static final int FULL_BYTES = 128 * 1024;

    private final LongSupplier socketBytes;
    private long bytes;
    private @Nullable Runnable waiting;
    private long sentBytes;
    private long seenSent;
    private long seenInSocket;
    private long seenNanos = System.nanoTime();

    /** @param socketBytes how many bytes the connection is about to give to its socket, where it can tell */
    @SuppressWarnings("MissingSummary")
    Unsent(LongSupplier socketBytes) {
        this.socketBytes = socketBytes;
    }

    /** Gives the same future. */
    Future<Void> add(int length, Future<Void> written) {
        if (!written.isComplete()) {
            bytes += length;
            written.onSuccess(sent -> sent(length));
        }
        return written;
    }

    private void sent(int length) {
        bytes -= length;
        sentBytes += length;
        Runnable room = waiting;
        if (room != null && bytes <= FULL_BYTES / 2) {
            waiting = null;
            room.run();
        }
    }

    boolean full() {
        return bytes >= FULL_BYTES;
    }

    /** Runs this once half of what fits is free again. */
    void whenRoom(Runnable room) {
        waiting = room;
    }

    /** How long the other side has taken no byte, though there is one; seen from one call to the next. */
    long stuckNanos(long nowNanos) {
        long inSocket = socketBytes.getAsLong();
        if (bytes == 0 || sentBytes != seenSent || inSocket != seenInSocket) {
            seenSent = sentBytes;
            seenInSocket = inSocket;
            seenNanos = nowNanos;
        }
        return nowNanos - seenNanos;
    }
}
