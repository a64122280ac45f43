package dev.ccproxy.feed;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.SummaryListener;
import dev.ccproxy.http.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The latest changes of exchanges, for any number of viewers. The events stand once, in a ring bounded in bytes; a
 * viewer is only a {@link FeedCursor} into it. So a slow viewer costs nothing and delays nobody: what leaves the ring
 * before it was read becomes a {@link FeedRead.Gap}.
 *
 * <p>Safe for all threads. Publishing holds a lock for an append only, never while somebody writes to a socket.
 */
public final class LiveFeed implements SummaryListener, AutoCloseable {

    /** How many events one read gives at most, so that a viewer far behind is served in portions. */
    private static final int READ_EVENTS = 256;

    /** Heap of an event besides its JSON: two records, two headers, a place in the ring. */
    private static final int EVENT_OVERHEAD_BYTES = 120;

    private final String boot;
    private final long maxBytes;
    private final Function<ExchangeSummary, Bytes> form;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<FeedEvent> ring = new ArrayDeque<>();
    private long heldBytes;
    private long lastSequence;
    private boolean closed;

    /**
     * An empty feed.
     *
     * @param boot differs in every run of the program, such as {@code 5f0c2a91}
     * @param maxBytes heap that the ring may hold
     * @param form writes a summary as JSON on one line
     */
    public LiveFeed(String boot, long maxBytes, Function<ExchangeSummary, Bytes> form) {
        this.boot = boot;
        this.maxBytes = maxBytes;
        this.form = form;
    }

    @Override
    public void changed(ExchangeSummary summary) {
        Bytes json = form.apply(summary);
        lock.lock();
        try {
            lastSequence++;
            ring.addLast(new FeedEvent(new FeedCursor(boot, lastSequence), summary.sessionId(), json));
            heldBytes += cost(json);
            while (heldBytes > maxBytes) {
                heldBytes -= cost(ring.removeFirst().json());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The place after everything that has happened. */
    public FeedCursor latest() {
        lock.lock();
        try {
            return new FeedCursor(boot, lastSequence);
        } finally {
            lock.unlock();
        }
    }

    /** What happened after {@code cursor}; waits for something to happen, but not longer than {@code atMost}. */
    public FeedRead read(FeedCursor cursor, Duration atMost) throws InterruptedException {
        long nanosLeft = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && isLatest(cursor) && nanosLeft > 0) {
                nanosLeft = changed.awaitNanos(nanosLeft);
            }
            return after(cursor);
        } finally {
            lock.unlock();
        }
    }

    private boolean isLatest(FeedCursor cursor) {
        return cursor.boot().equals(boot) && cursor.sequence() == lastSequence;
    }

    private FeedRead after(FeedCursor cursor) {
        if (closed) {
            return new FeedRead.Closed();
        }
        if (isLatest(cursor)) {
            return new FeedRead.Quiet();
        }
        long seenInRing = ring.size() - (lastSequence - cursor.sequence());
        boolean reachable = cursor.boot().equals(boot) && seenInRing >= 0 && seenInRing < ring.size();
        return reachable
                ? new FeedRead.Events(
                        ring.stream().skip(seenInRing).limit(READ_EVENTS).toList())
                : new FeedRead.Gap(new FeedCursor(boot, lastSequence));
    }

    private static long cost(Bytes json) {
        return (long) json.length() + EVENT_OVERHEAD_BYTES;
    }

    /** Ends every viewer's read. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
