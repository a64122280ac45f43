package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.Losses;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.jdbc.Dialect.Fault;
import dev.ccproxy.storage.jdbc.WriteQueue.Entry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * Commits a batch, come what may. When that fails: once more on a new connection; on a new database where the old one is
 * damaged; then without bodies; then again every second until it works, while the queue keeps what fits. An event that
 * fails by itself is dropped alone. Every loss is counted. For the writer thread.
 */
final class CommitLadder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommitLadder.class);

    /** Opens the connection that writes. */
    interface Sessions {
        WriteSession open();

        /** The database is damaged: makes room for a new one. */
        void moveAside(SQLException why);
    }

    private final Sessions sessions;
    private final Dialect dialect;
    private final WriteQueue queue;
    private final BodyGate bodyGate;
    private final Losses losses;
    private final LostExchanges lost;
    private @Nullable WriteSession session;

    CommitLadder(Sessions sessions, Dialect dialect, WriteQueue queue, BodyGate bodyGate, Losses losses) {
        this.sessions = sessions;
        this.dialect = dialect;
        this.queue = queue;
        this.bodyGate = bodyGate;
        this.losses = losses;
        this.lost = new LostExchanges(losses);
        this.session = sessions.open();
    }

    /** Returns when every entry is durable or counted as lost, and settled. */
    void store(List<Entry> batch) throws InterruptedException {
        SQLException failure = attempt(batch);
        if (failure != null && dialect.fault(failure) != Fault.STATEMENT) {
            close();
            failure = attempt(batch);
        }
        failure = mendIfCorrupt(batch, failure);
        if (failure != null && dialect.fault(failure) != Fault.STATEMENT) {
            storeWithoutBodies(batch, failure);
        } else {
            settle(batch, failure);
        }
    }

    /** The present session, or a new one where there is none or its file is gone. */
    WriteSession session() throws SQLException {
        WriteSession open = session;
        if (open != null && open.fileReplaced()) {
            LOG.error("store=replaced: the database file was deleted or replaced while in use; a new one is begun");
            losses.trouble("the database file was deleted or replaced");
            close();
            open = null;
        }
        if (open == null) {
            try {
                open = sessions.open();
            } catch (StoreException failed) {
                int code = failed.getCause() instanceof SQLException cause
                        ? cause.getErrorCode()
                        : SQLiteErrorCode.SQLITE_CANTOPEN.code;
                throw new SQLException(failed.getMessage(), null, code, failed);
            }
            session = open;
        }
        return open;
    }

    @Override
    public void close() {
        WriteSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    private void storeWithoutBodies(List<Entry> batch, SQLException first) throws InterruptedException {
        bodyGate.refuse(describe(first));
        List<Entry> bare = new ArrayList<>(batch.size());
        for (Entry entry : batch) {
            if (entry.contentBytes() > 0) {
                losses.body(describe(first));
            }
            bare.add(queue.withoutContent(entry));
        }
        SQLException failure = attempt(bare);
        while (failure != null && dialect.fault(failure) != Fault.STATEMENT && !queue.closed()) {
            bodyGate.refuse(describe(failure));
            losses.trouble(describe(failure));
            losses.tick();
            TimeUnit.SECONDS.sleep(1);
            close();
            failure = mendIfCorrupt(bare, attempt(bare));
        }
        settle(bare, failure);
    }

    /** They are stored; or there is one among them that cannot be; or all are lost. */
    private void settle(List<Entry> batch, @Nullable SQLException failure) throws InterruptedException {
        if (failure != null && batch.size() > 1 && dialect.fault(failure) == Fault.STATEMENT) {
            for (Entry entry : batch) {
                store(List.of(entry));
            }
            return;
        }
        for (Entry entry : batch) {
            if (failure != null) {
                LOG.debug("exchangeId={} event not stored", entry.event().id(), failure);
                lost.add(entry.event(), describe(failure));
            }
            queue.settle(entry);
        }
    }

    private @Nullable SQLException mendIfCorrupt(List<Entry> batch, @Nullable SQLException failure) {
        if (failure == null || dialect.fault(failure) != Fault.CORRUPT) {
            return failure;
        }
        close();
        return attemptAnew(batch, failure);
    }

    private @Nullable SQLException attemptAnew(List<Entry> batch, SQLException damage) {
        try {
            sessions.moveAside(damage);
        } catch (StoreException stuck) {
            return new SQLException(stuck.getMessage(), null, SQLiteErrorCode.SQLITE_CANTOPEN.code, stuck);
        }
        losses.trouble(describe(damage));
        return attempt(batch);
    }

    /** One transaction; null when it was committed. */
    private @Nullable SQLException attempt(List<Entry> batch) {
        try {
            WriteSession open = session();
            for (StoreEvent orphan : open.transaction(() -> apply(open, batch))) {
                lost.add(orphan, "the beginning of the exchange is not in the database");
            }
            return null;
        } catch (SQLException failed) {
            return failed;
        } catch (Throwable failed) {
            // A bug, or a lack of memory: it must cost one event, not the writer.
            return new SQLException(failed.toString(), failed);
        }
    }

    /** Returns the ends of exchanges that have no beginning. */
    private static List<StoreEvent> apply(WriteSession open, List<Entry> batch) throws SQLException {
        List<StoreEvent> orphans = new ArrayList<>();
        for (Entry entry : batch) {
            if (!open.apply(entry.event()) && entry.event() instanceof StoreEvent.Ended) {
                orphans.add(entry.event());
            }
        }
        return orphans;
    }

    private static String describe(SQLException failure) {
        return "the database cannot be written: " + failure.getMessage();
    }
}
