package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/** The SQLite file: gives connections to it, and knows whether what lies there is ours. Safe for all threads. */
final class DatabaseFile {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFile.class);
    static final int BUSY_MILLIS = 2_000;
    private final Path path;
    private final Dialect dialect;

    DatabaseFile(Path path, Dialect dialect) {
        this.dialect = dialect;
        this.path = path.toAbsolutePath();
    }

    Path path() {
        return path;
    }

    Path folder() {
        return Objects.requireNonNull(path.getParent(), "a file lies in a folder");
    }

    /**
     * A connection that may write, to a database that is ours and up to date; makes one where there is none. A corrupt
     * file is moved aside first.
     */
    Connection openForWriting() {
        refuseNetworkFileSystem();
        try {
            return connectAndMigrate();
        } catch (SQLException failed) {
            if (dialect.fault(failed) != Dialect.Fault.CORRUPT) {
                throw unavailable(failed);
            }
            moveAside(failed);
        }
        try {
            return connectAndMigrate();
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    Connection openForReading() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-8_000);
        return connect(config);
    }

    /**
     * Looks whether there is a database that this program can read; changes nothing.
     *
     * @throws StoreException when there is none, or it is not ours or of another version
     */
    void refuseOthers() {
        if (!Files.isRegularFile(path)) {
            throw new StoreException(Reason.UNAVAILABLE, "there is no database " + path);
        }
        try (Connection connection = openForReading()) {
            Set<String> tables = refuseForeignTables(connection);
            if (tables.isEmpty() || !Migrations.of(dialect).isUpToDate(connection)) {
                throw new StoreException(
                        Reason.UNAVAILABLE,
                        path + " was written by an older version of this program: start the proxy with it once, which"
                                + " brings it up to date");
            }
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /** What tells this file from another of the same name; null when there is none. */
    @Nullable
    Object identity() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            return null;
        }
    }

    private Connection connectAndMigrate() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = connect(config);
        try {
            refuseForeignTables(connection);
            prepare(connection);
            Migrations.of(dialect).run(connection);
            return connection;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    private Connection connect(SQLiteConfig config) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + path, config.toProperties());
    }

    /** Page size and vacuum mode hold only when set before the first table. */
    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : List.of(
                    "page_size=8192",
                    "auto_vacuum=INCREMENTAL",
                    "journal_mode=WAL",
                    "synchronous=FULL",
                    "wal_autocheckpoint=2000",
                    "journal_size_limit=67108864",
                    "secure_delete=ON",
                    "cache_size=-16000")) {
                statement.execute("PRAGMA " + pragma);
            }
        }
    }

    private Set<String> refuseForeignTables(Connection connection) throws SQLException {
        Set<String> tables = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        if (tables.isEmpty() || tables.contains("schema_version")) {
            return tables;
        }
        throw new StoreException(
                Reason.FOREIGN,
                tables.contains("requests")
                        ? path + " was written by the original claude-code-proxy and is left untouched. Take its"
                                + " requests over with: ./ccproxy import --from-original " + path
                                + "; and choose another DB_PATH"
                        : path + " is a database of another program: choose another DB_PATH");
    }

    /** Makes room for a new database. No connection may be open. */
    void moveAside(SQLException why) {
        String suffix = ".corrupt-" + Instant.now().toEpochMilli();
        try {
            for (String part : List.of("", "-wal", "-shm")) {
                Path file = sibling(part);
                if (Files.exists(file)) {
                    Files.move(file, sibling(part + suffix));
                }
            }
        } catch (IOException failed) {
            throw new StoreException(
                    Reason.CORRUPT, path + " is corrupt (" + why.getMessage() + ") and cannot be moved aside", failed);
        }
        LOG.error(
                "store=corrupt path={} movedTo={} problem=\"{}\": recording starts with an empty database",
                path,
                sibling(suffix),
                why.getMessage());
    }

    private Path sibling(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private void refuseNetworkFileSystem() {
        try {
            NetworkFileSystems.refuse(path, Files.getFileStore(folder()).type());
        } catch (IOException unknown) {
            LOG.debug("the file system of {} is unknown", path, unknown);
        }
    }

    private StoreException unavailable(SQLException cause) {
        return new StoreException(
                Reason.UNAVAILABLE, "cannot open the database " + path + ": " + cause.getMessage(), cause);
    }
}
