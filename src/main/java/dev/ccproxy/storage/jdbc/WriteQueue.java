package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.storage.Losses;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.MemoryBudget.Claim;
import dev.ccproxy.storage.StoreEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events that wait for the writer thread, bounded by the memory that they share with the recorder. Safe for all threads. */
final class WriteQueue {

    private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);

    /** An event with what must happen when it is settled, and the bytes it holds. */
    record Entry(StoreEvent event, Runnable settled, long contentBytes, long factBytes) {
        long bytes() {
            return contentBytes + factBytes;
        }
    }

    private static final String FULL = "the memory for recording is full";

    private final MemoryBudget budget;
    private final Losses losses;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition allSettled = lock.newCondition();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Set<ExchangeId> refused = new HashSet<>();

    private long queuedBytes;
    private long takenCount;
    private long settledCount;
    private int wantedEntries = 1;
    private boolean awake;
    private @Nullable String contentsRefused;
    private boolean closed;

    WriteQueue(MemoryBudget budget, Losses losses) {
        this.budget = budget;
        this.losses = losses;
    }

    /** False when the event was lost; its exchange is counted then. */
    boolean offer(StoreEvent event, Runnable settled) {
        lock.lock();
        try {
            if (belongsToRefused(event)) {
                return false;
            }
            if (closed || !budget.tryAcquire(event.factBytes(), claim(event))) {
                refuse(event);
                return false;
            }
            entries.add(admit(event, settled));
            takenCount++;
            if (entries.size() >= wantedEntries) {
                arrived.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a first entry, but not longer than the idle time; then for more, but not longer than the window. May give
     * none. At most one of them has an answer so long that compressing it takes memory, which it holds then.
     */
    List<Entry> take(int most, long windowMillis, long idleMillis) throws InterruptedException {
        lock.lock();
        try {
            await(1, idleMillis);
            if (!entries.isEmpty()) {
                await(most, windowMillis);
            }
            awake = false;
            List<Entry> batch = new ArrayList<>(Math.min(most, entries.size()));
            boolean hasLong = false;
            while (batch.size() < most && !entries.isEmpty()) {
                long more = momentaryBytes(entries.element());
                if (more > 0 && hasLong) {
                    break;
                }
                hasLong |= more > 0;
                batch.add(more == 0 ? entries.remove() : withMemory(entries.remove(), more));
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Bodies of requests are compressed a few megabytes at a time, answers whole. */
    private static long momentaryBytes(Entry entry) {
        return entry.event() instanceof StoreEvent.Ended ? Compressor.momentaryBytes(entry.contentBytes()) : 0;
    }

    private Entry withMemory(Entry entry, long more) {
        if (budget.tryAcquire(more, Claim.END)) {
            queuedBytes += more;
            return new Entry(entry.event(), entry.settled(), entry.contentBytes() + more, entry.factBytes());
        }
        losses.body(FULL);
        return withoutContent(entry);
    }

    private void await(int wanted, long millis) throws InterruptedException {
        wantedEntries = wanted;
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        while (entries.size() < wanted && !closed && !awake && left > 0) {
            left = arrived.awaitNanos(left);
        }
    }

    /** Ends the present or next wait of {@link #take}. */
    void wake() {
        lock.lock();
        try {
            awake = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The entry is durable or lost: says so, and gives back its memory. */
    void settle(Entry entry) {
        run(entry.settled());
        lock.lock();
        try {
            queuedBytes -= entry.bytes();
            settledCount++;
            allSettled.signalAll();
        } finally {
            lock.unlock();
        }
        budget.release(entry.bytes());
    }

    static void run(Runnable settled) {
        try {
            settled.run();
        } catch (RuntimeException bug) {
            LOG.error("a listener failed", bug);
        }
    }

    /** Waits until every entry taken before the call is settled; false when the time ran out. */
    boolean awaitSettled(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long goal = takenCount;
            long left = atMost.toNanos();
            while (settledCount < goal) {
                if (left <= 0) {
                    return false;
                }
                left = allSettled.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The same entry without its content, whose memory is given back. */
    Entry withoutContent(Entry entry) {
        Entry bare = new Entry(entry.event().withoutContent(), entry.settled(), 0, entry.factBytes());
        lock.lock();
        try {
            queuedBytes -= entry.contentBytes();
        } finally {
            lock.unlock();
        }
        budget.release(entry.contentBytes());
        return bare;
    }

    /** While the database takes no contents none are held for it; null when it takes them again. */
    void refuseContents(@Nullable String why) {
        lock.lock();
        try {
            contentsRefused = why;
        } finally {
            lock.unlock();
        }
    }

    long queuedBytes() {
        lock.lock();
        try {
            return queuedBytes;
        } finally {
            lock.unlock();
        }
    }

    boolean closedAndEmpty() {
        lock.lock();
        try {
            return closed && entries.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean belongsToRefused(StoreEvent event) {
        return switch (event) {
            case StoreEvent.Begun _ -> false;
            case StoreEvent.Request request -> refused.contains(request.id());
            case StoreEvent.Ended ended -> refused.remove(ended.id());
        };
    }

    private static Claim claim(StoreEvent event) {
        return switch (event) {
            case StoreEvent.Begun _ -> Claim.BEGINNING;
            case StoreEvent.Request _ -> Claim.REQUEST;
            case StoreEvent.Ended _ -> Claim.END;
        };
    }

    private void refuse(StoreEvent event) {
        String why = closed ? "the store is closed" : FULL;
        switch (event) {
            case StoreEvent.Begun begun -> {
                refused.add(begun.id());
                losses.exchange(why);
            }
            case StoreEvent.Request _ -> losses.body(why);
            case StoreEvent.Ended _ -> losses.exchange(why);
        }
    }

    private Entry admit(StoreEvent event, Runnable settled) {
        long facts = event.factBytes();
        queuedBytes += facts;
        long content = event.contentBytes();
        if (content == 0) {
            return new Entry(event, settled, 0, facts);
        }
        if (contentsRefused == null && budget.tryAcquire(content, Claim.CONTENT)) {
            queuedBytes += content;
            return new Entry(event, settled, content, facts);
        }
        losses.body(contentsRefused == null ? FULL : contentsRefused);
        return new Entry(event.withoutContent(), settled, 0, facts);
    }
}
