package dev.ccproxy.storage.jdbc;

import dev.ccproxy.config.RetentionSettings;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import dev.ccproxy.storage.TextSearch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/**
 * The store in one SQLite file, such as {@code requests.db}. Safe for all threads.
 *
 * <p>Closing writes what was taken.
 */
public final class SqliteStore implements AutoCloseable {

    /** Bodies that the writer remembers to compare the next ones with, at most. */
    private static final long MOST_REMEMBERED_BYTES = 32 << 20;

    /** What a deletion knows about segments that may be needed by no other body, at most: some 30,000 packs. */
    private static final long MOST_CONDEMNED_BYTES = 8 << 20;

    /** A page of hits that is not full by then ends early. */
    private static final Duration MOST_SEARCH_TIME = Duration.ofMillis(250);

    private final DatabaseLock lock;
    private final DatabaseFile file;
    private final Dialect dialect;
    private final Meta meta;
    private final long rememberedBytes;
    private final ReadConnections connections;
    private final Dictionaries dictionaries;
    private final PackCache packs;
    private final SegmentCandidates condemned;
    private final GroupCommit writer;
    private final SqliteReader reader;
    private final TextSearch search;

    private SqliteStore(
            DatabaseLock lock,
            DatabaseFile file,
            Dialect dialect,
            FreeSpace space,
            MemoryBudget budget,
            RetentionSettings retention) {
        this.lock = lock;
        this.file = file;
        this.dialect = dialect;
        this.rememberedBytes = Math.min(MOST_REMEMBERED_BYTES, budget.limitBytes() / 8);
        this.condemned = new SegmentCandidates(Math.min(MOST_CONDEMNED_BYTES, budget.limitBytes() / 32));
        try (Connection connection = file.openForWriting()) {
            this.meta = Meta.begin(connection, dialect);
        } catch (SQLException failed) {
            throw unwritable(failed);
        }
        this.connections = new ReadConnections(file);
        this.dictionaries = new Dictionaries(connections);
        this.packs = new PackCache(connections, dictionaries);
        this.reader = new SqliteReader(connections, dialect, dictionaries, packs);
        this.search = new TextScan(new Recorded(connections, dialect, dictionaries, packs), MOST_SEARCH_TIME);
        this.writer = new GroupCommit(
                new Sessions(),
                dialect,
                dictionaries,
                condemned,
                new Retention(retention, Clock.systemUTC(), condemned, dictionaries),
                space,
                budget);
    }

    /**
     * Opens the file, makes it where there is none, and brings it up to date.
     *
     * @param budget shared with the recorder: what waits for the database holds memory of it
     * @param retention what is deleted by itself
     * @throws StoreException when another process has it, it is newer than this program, or not ours
     */
    public static SqliteStore open(Path path, MemoryBudget budget, RetentionSettings retention) {
        Path folder = path.toAbsolutePath().getParent();
        return open(path, budget, retention, FreeSpace.Limits.of(folder == null ? path : folder));
    }

    /** As the other, with everything being kept. */
    public static SqliteStore open(Path path, MemoryBudget budget) {
        return open(path, budget, RetentionSettings.NONE);
    }

    /** As {@link #open(Path, MemoryBudget)}, with other ideas of what a full disk is. */
    static SqliteStore open(Path path, MemoryBudget budget, FreeSpace.Limits limits) {
        return open(path, budget, RetentionSettings.NONE, limits);
    }

    private static SqliteStore open(
            Path path, MemoryBudget budget, RetentionSettings retention, FreeSpace.Limits limits) {
        Dialect dialect = new SqliteDialect();
        DatabaseFile file = new DatabaseFile(path, dialect);
        DatabaseLock lock = DatabaseLock.take(file.path());
        try {
            FreeSpace space = new FreeSpace(file.folder(), limits);
            SqliteStore store = new SqliteStore(lock, file, dialect, space, budget, retention);
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

    public TextSearch search() {
        return search;
    }

    /** The 32 bytes under which credentials are hashed before they are stored; as old as the database. */
    public Bytes redactionKey() {
        return meta.redactionKey();
    }

    /** Sessions on this store's file. */
    private final class Sessions implements CommitLadder.Sessions {
        @Override
        public WriteSession open() {
            Connection connection = file.openForWriting();
            try {
                meta.carryOver(connection);
                packs.forget();
                return new WriteSession(connection, file, dialect, meta.boot(), rememberedBytes, condemned);
            } catch (SQLException failed) {
                try {
                    connection.close();
                } catch (SQLException second) {
                    failed.addSuppressed(second);
                }
                throw unwritable(failed);
            }
        }

        @Override
        public void moveAside(SQLException why) {
            file.moveAside(why);
        }
    }

    private StoreException unwritable(SQLException failed) {
        return new StoreException(
                Reason.UNAVAILABLE, "cannot write to the database " + file.path() + ": " + failed.getMessage(), failed);
    }

    @Override
    public void close() {
        // The last connection to close writes the log back into the file, which those that only read cannot.
        connections.close();
        try {
            writer.close();
        } finally {
            dictionaries.close();
            lock.close();
        }
    }
}
