package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.query.Query;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.Losses;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.StoreHealth;
import dev.ccproxy.storage.jdbc.WriteQueue.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable WordIndex words;
    private final Condemned condemned;
    private final Retention retention;
    private final Dialect dialect;
    private final Chores chores = new Chores();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread thread;
    private boolean wordsLeft;

    GroupCommit(
            CommitLadder.Sessions sessions,
            Dialect dialect,
            Dictionaries dictionaries,
            @Nullable WordIndex words,
            Condemned condemned,
            Retention retention,
            FreeSpace space,
            MemoryBudget budget) {
        this.dictionaries = dictionaries;
        this.words = words;
        this.condemned = condemned;
        this.retention = retention;
        this.dialect = dialect;
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
    public long delete(Query query, LongConsumer progress) throws InterruptedException {
        return delete(new DoomedByQuery(query, dialect), progress);
    }

    @Override
    public boolean delete(ExchangeId id) throws InterruptedException {
        return delete(new DoomedById(id), _ -> {}) > 0;
    }

    @Override
    public boolean star(ExchangeId id, boolean starred) throws InterruptedException {
        return change(session -> Stars.star(session.connection(), id, starred));
    }

    @Override
    public boolean tag(ExchangeId id, Set<String> tags) throws InterruptedException {
        return change(session -> Stars.tag(session.connection(), id, tags));
    }

    private long delete(Doomed doomed, LongConsumer progress) throws InterruptedException {
        Deletion deletion = new Deletion(doomed, Deletion.Extent.EVERYTHING, condemned, dictionaries, progress);
        chores.add(deletion);
        queue.wake();
        return Chores.await(deletion.deleted());
    }

    /** Makes a small change between two commits; false when what it is about is not there. */
    boolean change(Edit.Change change) throws InterruptedException {
        Edit edit = new Edit(change);
        chores.add(edit);
        queue.wake();
        return Chores.await(edit.applied());
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
                List<Entry> batch =
                        queue.take(MOST_EVENTS, WINDOW_MILLIS, wordsLeft ? 0 : chores.idleMillis(IDLE_MILLIS));
                losses.tick();
                bodyGate.tick();
                if (!batch.isEmpty()) {
                    ladder.store(batch);
                }
                doChores();
                wordsLeft = words != null && enter(words);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Throwable bug) {
            LOG.error("store=stopped: nothing more is recorded", bug);
            losses.trouble("the writer has stopped: " + bug);
            queue.close();
        } finally {
            chores.close();
            ladder.close();
            finished.countDown();
        }
    }

    /** A slice of the word index, which can wait: true when there is more. */
    private boolean enter(WordIndex index) {
        try {
            return index.slice(ladder.session());
        } catch (Throwable failed) {
            // Whatever it is, recording must go on.
            LOG.warn("search=index_failed: {}", failed.toString());
            return false;
        }
    }

    private void doChores() {
        if (!chores.deletes()) {
            Deletion due = retention.next(ladder);
            if (due != null) {
                chores.add(due);
            }
        }
        chores.slice(ladder);
    }
}
