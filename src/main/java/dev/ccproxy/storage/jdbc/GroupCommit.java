package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.Losses;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import dev.ccproxy.storage.StoreHealth;
import dev.ccproxy.storage.jdbc.WriteQueue.Entry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write side: one platform thread takes what has come within 20 ms, or 4,096 events, and commits it with one fsync;
 * between commits it deletes, a slice at a time. What happens when that fails: {@link CommitLadder}.
 */
final class GroupCommit implements ExchangeWriter, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_EVENTS = 4_096;
    private static final int WINDOW_MILLIS = 20;
    private static final int IDLE_MILLIS = 1_000;
    private static final Duration CLOSE_TIME = Duration.ofSeconds(20);

    private final Losses losses = new Losses("store", System::nanoTime);
    private final WriteQueue queue;
    private final BodyGate bodyGate;
    private final CommitLadder ladder;
    private final Dictionaries dictionaries;
    private final ConcurrentLinkedQueue<Deletion> deletions = new ConcurrentLinkedQueue<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread thread;

    GroupCommit(
            CommitLadder.Sessions sessions,
            Dialect dialect,
            Dictionaries dictionaries,
            FreeSpace space,
            MemoryBudget budget) {
        this.dictionaries = dictionaries;
        this.queue = new WriteQueue(budget, losses);
        this.bodyGate = new BodyGate(queue, space, losses);
        this.ladder = new CommitLadder(sessions, dialect, queue, bodyGate, losses);
        // A platform thread: SQLite's native calls would pin a carrier of virtual ones.
        this.thread = Thread.ofPlatform().name("store-writer").daemon(true).unstarted(this::run);
    }

    void start() {
        bodyGate.tick();
        thread.start();
    }

    @Override
    public void write(StoreEvent event, Runnable settled) {
        if (!queue.offer(event, settled)) {
            WriteQueue.run(settled);
        }
    }

    @Override
    public StoreHealth health() {
        String problem = losses.problem();
        StoreHealth.State state = queue.closed()
                ? StoreHealth.State.CLOSED
                : problem == null ? StoreHealth.State.RECORDING : StoreHealth.State.DEGRADED;
        return new StoreHealth(state, queue.queuedBytes(), losses.exchanges(), losses.bodies(), problem);
    }

    @Override
    public boolean flush(Duration atMost) throws InterruptedException {
        return queue.awaitSettled(atMost);
    }

    @Override
    public long deleteAll() throws InterruptedException {
        Deletion deletion = new Deletion(dictionaries);
        deletions.add(deletion);
        if (queue.closed()) {
            throw new StoreException(Reason.UNAVAILABLE, "the store is closed");
        }
        queue.wake();
        try {
            return deletion.deleted().get();
        } catch (ExecutionException failed) {
            throw new StoreException(Reason.UNAVAILABLE, "deleting failed: " + failed.getMessage(), failed);
        }
    }

    /** Writes what was taken, as far as the database allows within twenty seconds. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!finished.await(CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("store=unfinished queuedBytes={}: the database did not take all", queue.queuedBytes());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!queue.closedAndEmpty()) {
                List<Entry> batch = queue.take(MOST_EVENTS, WINDOW_MILLIS, deletions.isEmpty() ? IDLE_MILLIS : 0);
                losses.tick();
                bodyGate.tick();
                if (!batch.isEmpty()) {
                    ladder.store(batch);
                }
                deleteSlice();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Throwable bug) {
            LOG.error("store=stopped: nothing more is recorded", bug);
            losses.trouble("the writer has stopped: " + bug);
            queue.close();
        } finally {
            failDeletions();
            ladder.close();
            finished.countDown();
        }
    }

    private void deleteSlice() {
        Deletion deletion = deletions.peek();
        if (deletion == null) {
            return;
        }
        try {
            deletion.slice(ladder.session());
        } catch (SQLException | RuntimeException failed) {
            deletion.fail(failed);
        }
        if (deletion.done()) {
            deletions.remove();
        }
    }

    private void failDeletions() {
        for (Deletion deletion = deletions.poll(); deletion != null; deletion = deletions.poll()) {
            deletion.fail(new SQLException("the store was closed"));
        }
    }
}
