package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The store in one SQLite file, such as {@code requests.db}. Safe for all threads.
 *
 * <p>Closing writes what was taken.
 */
public final class SqliteStore implements AutoCloseable {

    private static final int COMPRESSION_LEVEL = 1;

    private final DatabaseLock lock;
    private final ReadConnections connections;
    private final GroupCommit writer;
    private final SqliteReader reader;
    private final Bytes redactionKey;

    private SqliteStore(DatabaseLock lock, DatabaseFile file, Dialect dialect, MemoryBudget budget) {
        this.lock = lock;
        try (Connection connection = file.openForWriting()) {
            Meta meta = Meta.begin(connection, dialect);
            this.redactionKey = meta.redactionKey();
            this.writer = new GroupCommit(() -> session(file, dialect, meta), dialect, budget);
        } catch (SQLException failed) {
            throw new StoreException(
                    Reason.UNAVAILABLE,
                    "cannot write to the database " + file.path() + ": " + failed.getMessage(),
                    failed);
        }
        this.connections = new ReadConnections(file);
        this.reader = new SqliteReader(connections, dialect);
    }

    /**
     * Opens the file, makes it where there is none, and brings it up to date.
     *
     * @param budget shared with the recorder: what waits for the database holds memory of it
     * @throws StoreException when another process has it, it is newer than this program, or not ours
     */
    public static SqliteStore open(Path path, MemoryBudget budget) {
        Dialect dialect = new SqliteDialect();
        DatabaseFile file = new DatabaseFile(path, dialect);
        DatabaseLock lock = DatabaseLock.take(file.path());
        try {
            SqliteStore store = new SqliteStore(lock, file, dialect, budget);
            store.writer.start();
            return store;
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    public ExchangeWriter writer() {
        return writer;
    }

    public ExchangeReader reader() {
        return reader;
    }

    /** The 32 bytes under which credentials are hashed before they are stored; as old as the database. */
    public Bytes redactionKey() {
        return redactionKey;
    }

    private static WriteSession session(DatabaseFile file, Dialect dialect, Meta meta) {
        Connection connection = file.openForWriting();
        try {
            meta.carryOver(connection);
            return new WriteSession(connection, file, dialect, meta.boot(), COMPRESSION_LEVEL);
        } catch (SQLException failed) {
            try {
                connection.close();
            } catch (SQLException second) {
                failed.addSuppressed(second);
            }
            throw new StoreException(
                    Reason.UNAVAILABLE,
                    "cannot write to the database " + file.path() + ": " + failed.getMessage(),
                    failed);
        }
    }

    @Override
    public void close() {
        connections.close();
        try {
            writer.close();
        } finally {
            lock.close();
        }
    }
}
