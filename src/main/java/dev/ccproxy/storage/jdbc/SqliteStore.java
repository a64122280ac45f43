package dev.ccproxy.storage.jdbc;

import dev.ccproxy.config.RetentionSettings;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.KeptSettings;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.TextSearch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * The store in one SQLite file, such as {@code requests.db}. Safe for all threads.
 *
 * <p>Closing writes what was taken.
 */
public final class SqliteStore implements AutoCloseable {

    /** What a deletion knows about segments that may be needed by no other body, at most: some 30,000 packs. */
    private static final long MOST_CONDEMNED_BYTES = 8 << 20;

    /** A page of hits that is not full by then ends early. */
    private static final Duration MOST_SEARCH_TIME = Duration.ofMillis(250);

    private final DatabaseLock lock;
    private final WriteSessions sessions;
    private final ReadConnections connections;
    private final Dictionaries dictionaries;
    private final PackCache packs;
    private final GroupCommit writer;
    private final SqliteReader reader;
    private final TextSearch search;
    private final KeptSettings settings;

    private SqliteStore(
            DatabaseLock lock,
            DatabaseFile file,
            Dialect dialect,
            FreeSpace space,
            MemoryBudget budget,
            RetentionSettings retention) {
        this.lock = lock;
        this.connections = new ReadConnections(file);
        this.dictionaries = new Dictionaries(connections);
        this.packs = new PackCache(connections, dictionaries);
        this.reader = new SqliteReader(connections, dialect, dictionaries, packs);
        long setAside = budget.setAsideBytes();
        Condemned condemned = new Condemned(Math.min(MOST_CONDEMNED_BYTES, setAside / 6));
        long rememberedBytes = setAside - setAside / 6;
        this.sessions = new WriteSessions(file, dialect, packs, condemned, rememberedBytes);
        this.search = new TextScan(new Recorded(connections, dialect, dictionaries, packs), MOST_SEARCH_TIME);
        this.writer = new GroupCommit(
                sessions,
                dialect,
                dictionaries,
                condemned,
                new Retention(retention, space, Clock.systemUTC(), condemned, dictionaries),
                space,
                budget);
        this.settings = new SettingTable(connections, writer, Clock.systemUTC());
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

    public KeptSettings settings() {
        return settings;
    }

    public TextSearch search() {
        return search;
    }

    /** The 32 bytes under which credentials are hashed before they are stored; as old as the database. */
    public Bytes redactionKey() {
        return sessions.redactionKey();
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
