package dev.ccproxy.storage.jdbc;

import dev.ccproxy.config.RetentionSettings;
import dev.ccproxy.config.SearchIndex;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.ClientReader;
import dev.ccproxy.storage.ExchangeNames;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.KeptSettings;
import dev.ccproxy.storage.LimitReader;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.PromptVersions;
import dev.ccproxy.storage.Rederivation;
import dev.ccproxy.storage.SessionReader;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.TextSearch;
import dev.ccproxy.storage.UsageReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

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
    private final SqliteSessions sessionReader;
    private final UsageReader usage;
    private final PromptVersions prompts;
    private final TextSearch search;
    private final KeptSettings settings;

    private SqliteStore(
            DatabaseLock lock,
            DatabaseFile file,
            Dialect dialect,
            FreeSpace space,
            MemoryBudget budget,
            RetentionSettings retention,
            @Nullable SearchIndex index) {
        this.lock = lock;
        this.connections = new ReadConnections(file);
        this.dictionaries = new Dictionaries(connections);
        this.packs = new PackCache(connections, dictionaries);
        this.reader = new SqliteReader(connections, dialect, dictionaries, packs);
        long setAside = budget.setAsideBytes();
        Condemned condemned = new Condemned(Math.min(MOST_CONDEMNED_BYTES, setAside / 6));
        long rememberedBytes = setAside - setAside / 6;
        this.sessions = new WriteSessions(file, dialect, packs, condemned, rememberedBytes, index);
        this.sessionReader = new SqliteSessions(connections, dialect);
        this.usage = new SqliteUsage(connections, sessionReader);
        this.prompts = new SqlitePrompts(connections);
        this.search = new TextScan(
                new Recorded(connections, dialect, dictionaries, packs, index == SearchIndex.WORDS), MOST_SEARCH_TIME);
        this.writer = new GroupCommit(
                sessions,
                dialect,
                dictionaries,
                index == SearchIndex.WORDS ? new WordIndex(dialect, dictionaries) : null,
                condemned,
                new Retention(retention, dialect, space, Clock.systemUTC(), System::nanoTime, condemned, dictionaries),
                space,
                budget);
        this.settings = new SettingTable(connections, writer, Clock.systemUTC());
    }

    /**
     * Opens the file, makes it where there is none, and brings it up to date.
     *
     * @param budget shared with the recorder: what waits for the database holds memory of it
     * @param retention what is deleted by itself
     * @param index is made where it is missing, or removed
     * @throws StoreException when another process has it, it is newer than this program, or not ours
     */
    public static SqliteStore open(Path path, MemoryBudget budget, RetentionSettings retention, SearchIndex index) {
        return open(path, budget, retention, index, limits(path));
    }

    /** As the other, with everything being kept, and the index as it is. */
    public static SqliteStore open(Path path, MemoryBudget budget) {
        return open(path, budget, RetentionSettings.NONE, null, limits(path));
    }

    private static FreeSpace.Limits limits(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        return FreeSpace.Limits.of(folder == null ? path : folder);
    }

    /** As {@link #open(Path, MemoryBudget)}, with other ideas of what a full disk is. */
    static SqliteStore open(Path path, MemoryBudget budget, FreeSpace.Limits limits) {
        return open(path, budget, RetentionSettings.NONE, null, limits);
    }

    private static SqliteStore open(
            Path path,
            MemoryBudget budget,
            RetentionSettings retention,
            @Nullable SearchIndex index,
            FreeSpace.Limits limits) {
        Dialect dialect = new SqliteDialect();
        DatabaseFile file = new DatabaseFile(path, dialect);
        DatabaseLock lock = DatabaseLock.take(file.path());
        try {
            FreeSpace space = new FreeSpace(file.folder(), limits);
            SqliteStore store = new SqliteStore(lock, file, dialect, space, budget, retention, index);
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

    public PromptVersions prompts() {
        return prompts;
    }

    /**
     * Works out anew what is derived of all exchanges that have ended. Nothing else may write in the meantime.
     *
     * @param progress is told how many are done
     * @return how many there were
     */
    public long reindex(Rederivation rederivation, LongConsumer progress) throws InterruptedException {
        return new Reindex(connections, reader, writer::change).run(rederivation, progress);
    }

    public SessionReader sessions() {
        return sessionReader;
    }

    public UsageReader usage() {
        return usage;
    }

    public TextSearch search() {
        return search;
    }

    /** Finds exchanges by ids that others gave them. */
    public ExchangeNames names() {
        return new NameLookup(connections);
    }

    public ClientReader clients() {
        return new ClientRows(connections);
    }

    public LimitReader limits() {
        return new LimitRows(connections);
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
