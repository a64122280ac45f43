package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.CheckListener;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreStatistics;
import java.nio.file.Path;

/** Looks at a database without changing it, also while a proxy writes to it. For one thread. */
public final class DatabaseInspection implements AutoCloseable {

    private final DatabaseFile file;
    private final ReadConnections connections;
    private final Dictionaries dictionaries;

    private DatabaseInspection(DatabaseFile file) {
        this.file = file;
        this.connections = new ReadConnections(file);
        this.dictionaries = new Dictionaries(connections);
    }

    /**
     * Opens a database that is there.
     *
     * @throws StoreException when there is none, or it is not ours, or of another version of this program
     */
    public static DatabaseInspection open(Path path) {
        DatabaseFile file = new DatabaseFile(path, new SqliteDialect());
        file.refuseOthers();
        return new DatabaseInspection(file);
    }

    public StoreStatistics statistics() {
        return connections.read(connection -> Statistics.read(connection, file));
    }

    /** Looks at everything; returns when that is done. */
    public void check(CheckListener listener) throws InterruptedException {
        new DatabaseCheck(connections, dictionaries, newReader(), listener).run();
    }

    /** Reads what is recorded, until this is closed. */
    public ExchangeReader reader() {
        return newReader();
    }

    private SqliteReader newReader() {
        return new SqliteReader(
                connections, new SqliteDialect(), dictionaries, new PackCache(connections, dictionaries));
    }

    /**
     * Copies everything as it is now into a new file, which can take the place of the database.
     *
     * @throws StoreException when there is something at the target, or it cannot be written
     */
    public void backup(Path target) {
        DatabaseBackup.run(connections, target);
    }

    /** The file in which a backup grows until it is whole. */
    public static Path unfinished(Path target) {
        return DatabaseBackup.partOf(target);
    }

    @Override
    public void close() {
        connections.close();
        dictionaries.close();
    }
}
