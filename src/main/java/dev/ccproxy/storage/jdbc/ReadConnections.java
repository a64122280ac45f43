package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Up to four read-only connections, each lent for one short piece of work: a long reader keeps the write-ahead log from
 * being truncated. Safe for all threads.
 */
final class ReadConnections implements AutoCloseable {

    private static final int MOST = 4;

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    private record Idle(Connection connection, @Nullable Object fileIdentity) {}

    private final DatabaseFile file;
    private final Semaphore permits = new Semaphore(MOST);
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    private boolean closed;

    ReadConnections(DatabaseFile file) {
        this.file = file;
    }

    <T extends @Nullable Object> T read(Work<T> work) {
        permits.acquireUninterruptibly();
        try {
            Idle lent = borrow();
            boolean usable = false;
            try {
                T result = work.run(lent.connection());
                usable = true;
                return result;
            } finally {
                giveBack(lent, usable);
            }
        } catch (SQLException failed) {
            throw new StoreException(
                    Reason.UNAVAILABLE,
                    "the database " + file.path() + " cannot be read: " + failed.getMessage(),
                    failed);
        } finally {
            permits.release();
        }
    }

    private Idle borrow() throws SQLException {
        Object present = file.identity();
        for (Idle candidate = poll(); candidate != null; candidate = poll()) {
            if (Objects.equals(present, candidate.fileIdentity())) {
                return candidate;
            }
            candidate.connection().close();
        }
        return new Idle(file.openForReading(), present);
    }

    private synchronized @Nullable Idle poll() {
        return idle.poll();
    }

    private void giveBack(Idle lent, boolean usable) throws SQLException {
        synchronized (this) {
            if (usable && !closed) {
                idle.push(lent);
                return;
            }
        }
        lent.connection().close();
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Idle each = idle.poll(); each != null; each = idle.poll()) {
            try {
                each.connection().close();
            } catch (SQLException broken) {
                // It only read.
            }
        }
    }
}
