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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * The write side: one platform thread takes what has come within 20 ms, or 512 events, and commits it with one fsync.
 *
 * <p>When that fails: once more on a new connection; then without bodies; then again every second until it works, while
 * the queue keeps what fits. An event that fails by itself is dropped alone. Every loss is counted.
 */
final class GroupCommit implements ExchangeWriter, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_EVENTS = 512;
    private static final int WINDOW_MILLIS = 20;
    private static final int IDLE_MILLIS = 1_000;
    private static final long BODIES_REFUSED_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Duration CLOSE_TIME = Duration.ofSeconds(20);

    /** Opens the connection that writes. */
    @FunctionalInterface
    interface Sessions {
        WriteSession open();
    }

    private final Sessions sessions;
    private final Dialect dialect;
    private final WriteQueue queue;
    private final Losses losses = new Losses("store", System::nanoTime);
    private final ConcurrentLinkedQueue<Deletion> deletions = new ConcurrentLinkedQueue<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread thread;

    private @Nullable WriteSession session;
    private long bodiesRefusedSinceNanos;
    private boolean bodiesRefused;

    GroupCommit(Sessions sessions, Dialect dialect, MemoryBudget budget) {
        this.dialect = dialect;
        this.sessions = sessions;
        this.queue = new WriteQueue(budget, losses);
        this.session = sessions.open();
        // A platform thread: SQLite's native calls would pin a carrier of virtual ones.
        this.thread = Thread.ofPlatform().name("store-writer").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void write(StoreEvent event, Runnable settled) {
        if (!queue.offer(event, settled)) {
            settle(settled);
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
        Deletion deletion = new Deletion();
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
                welcomeBodiesAgain();
                if (!batch.isEmpty()) {
                    store(batch);
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
            closeSession();
            finished.countDown();
        }
    }

    private void store(List<Entry> batch) throws InterruptedException {
        SQLException failure = attempt(batch);
        if (failure != null && isEnvironment(failure)) {
            closeSession();
            failure = attempt(batch);
        }
        if (failure == null) {
            batch.forEach(this::settle);
        } else if (isEnvironment(failure)) {
            storeWithoutBodies(batch, failure);
        } else {
            storeOneByOne(batch);
        }
    }

    private void storeWithoutBodies(List<Entry> batch, SQLException first) throws InterruptedException {
        refuseBodies(first);
        List<Entry> bare = new ArrayList<>(batch.size());
        for (Entry entry : batch) {
            if (entry.contentBytes() > 0) {
                losses.body(describe(first));
            }
            bare.add(queue.withoutContent(entry));
        }
        SQLException failure = attempt(bare);
        while (failure != null && !queue.closed()) {
            refuseBodies(failure);
            losses.trouble(describe(failure));
            losses.tick();
            TimeUnit.SECONDS.sleep(1);
            closeSession();
            failure = attempt(bare);
        }
        if (failure != null) {
            String why = describe(failure);
            bare.forEach(_ -> losses.exchange(why));
        }
        bare.forEach(this::settle);
    }

    private void storeOneByOne(List<Entry> batch) {
        for (Entry entry : batch) {
            SQLException failure = attempt(List.of(entry));
            if (failure != null) {
                LOG.error("exchangeId={} event not stored", entry.event().id(), failure);
                losses.exchange(describe(failure));
            }
            settle(entry);
        }
    }

    /** One transaction; null when it was committed. */
    private @Nullable SQLException attempt(List<Entry> batch) {
        try {
            WriteSession open = session();
            try {
                open.begin();
                int orphans = 0;
                for (Entry entry : batch) {
                    boolean known = open.apply(entry.event());
                    orphans += !known && entry.event() instanceof StoreEvent.Ended ? 1 : 0;
                }
                open.commit();
                for (int i = 0; i < orphans; i++) {
                    losses.exchange("the beginning of the exchange is not in the database");
                }
                return null;
            } catch (SQLException | RuntimeException failed) {
                open.rollback();
                throw failed;
            }
        } catch (SQLException failed) {
            return failed;
        } catch (RuntimeException failed) {
            return new SQLException(failed.getMessage(), failed);
        }
    }

    private WriteSession session() throws SQLException {
        WriteSession open = session;
        if (open != null && open.fileReplaced()) {
            LOG.error("store=replaced: the database file was deleted or replaced while in use; a new one is begun");
            losses.trouble("the database file was deleted or replaced");
            closeSession();
            open = null;
        }
        if (open == null) {
            try {
                open = sessions.open();
            } catch (StoreException failed) {
                throw new SQLException(failed.getMessage(), null, SQLiteErrorCode.SQLITE_CANTOPEN.code, failed);
            }
            session = open;
        }
        return open;
    }

    private void closeSession() {
        WriteSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    private void refuseBodies(SQLException why) {
        LOG.debug("the database takes no bodies", why);
        queue.refuseContents(describe(why));
        bodiesRefused = true;
        bodiesRefusedSinceNanos = System.nanoTime();
    }

    private void welcomeBodiesAgain() {
        if (bodiesRefused && System.nanoTime() - bodiesRefusedSinceNanos > BODIES_REFUSED_NANOS) {
            bodiesRefused = false;
            queue.refuseContents(null);
        }
    }

    private void deleteSlice() {
        Deletion deletion = deletions.peek();
        if (deletion == null) {
            return;
        }
        try {
            deletion.slice(session());
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

    private void settle(Entry entry) {
        settle(entry.settled());
        queue.settled(entry);
    }

    private static void settle(Runnable settled) {
        try {
            settled.run();
        } catch (RuntimeException bug) {
            LOG.error("a listener failed", bug);
        }
    }

    private static String describe(SQLException failure) {
        return "the database cannot be written: " + failure.getMessage();
    }

    /** Whether the same events may succeed later. */
    private boolean isEnvironment(SQLException failure) {
        return dialect.fault(failure) != Dialect.Fault.STATEMENT;
    }
}
