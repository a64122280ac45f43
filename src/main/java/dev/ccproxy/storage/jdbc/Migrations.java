package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/**
 * Brings a database forward by numbered SQL files, each in one transaction of its own, and remembers their checksums.
 * A file never changes once it was released.
 */
final class Migrations {

    private static final List<String> FILES = List.of(
            "001-store.sql",
            "002-findings.sql",
            "003-limits.sql",
            "004-sessions.sql",
            "005-rerouting.sql",
            "006-failed-attempts.sql",
            "007-origins.sql",
            "008-tools.sql");

    private final Dialect dialect;
    private final List<String> scripts;

    /** The first script makes version 1 of an empty database, each further one the next version. */
    Migrations(Dialect dialect, List<String> scripts) {
        this.dialect = dialect;
        this.scripts = List.copyOf(scripts);
    }

    /** Those that this program comes with. */
    static Migrations of(Dialect dialect) {
        return new Migrations(
                dialect,
                FILES.stream().map(file -> read(dialect.scripts() + "/" + file)).toList());
    }

    /** Throws {@link StoreException} when the database is newer than this program or was migrated by other files. */
    void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version("
                    + "version INTEGER PRIMARY KEY, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)");
        }
        for (int next = verifyApplied(connection) + 1; next <= scripts.size(); next++) {
            apply(connection, next);
        }
    }

    /** Whether all scripts have been applied; throws as {@link #run} does. Only reads. */
    boolean isUpToDate(Connection connection) throws SQLException {
        return verifyApplied(connection) == scripts.size();
    }

    private int verifyApplied(Connection connection) throws SQLException {
        int version = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT version, checksum FROM schema_version ORDER BY version")) {
            while (rows.next()) {
                verify(++version, rows.getInt(1), rows.getString(2));
            }
        }
        return version;
    }

    private void verify(int expected, int version, String checksum) {
        if (version > scripts.size()) {
            throw new StoreException(
                    Reason.TOO_NEW,
                    "the database has schema version " + version + ", this program knows " + scripts.size()
                            + ": start the newer program again, or choose another DB_PATH");
        }
        if (version != expected) {
            throw new StoreException(
                    Reason.FOREIGN,
                    "the database names schema version " + version + " as applied but not " + expected
                            + ", which no version of this program does: go back to a backup, or choose another"
                            + " DB_PATH");
        }
        if (!checksum(scripts.get(version - 1)).equals(checksum)) {
            throw new StoreException(
                    Reason.TOO_NEW,
                    "the database was made by a build of this program that was never released (its schema " + version
                            + " is another one): move the file away, or choose another DB_PATH");
        }
    }

    private void apply(Connection connection, int version) throws SQLException {
        String sql = scripts.get(version - 1);
        try (Statement statement = connection.createStatement()) {
            statement.execute(dialect.beginWriting());
            try {
                for (String single : sql.replaceAll("--[^\n]*", "").split(";", -1)) {
                    if (!single.isBlank()) {
                        statement.execute(single);
                    }
                }
                record(connection, version, checksum(sql));
                statement.execute("COMMIT");
            } catch (SQLException failed) {
                statement.execute("ROLLBACK");
                throw failed;
            }
        }
    }

    private static void record(Connection connection, int version, String checksum) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO schema_version(version, checksum, applied_at) VALUES (?, ?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, checksum);
            insert.setString(3, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            insert.executeUpdate();
        }
    }

    private static String read(String name) {
        try (InputStream file = Migrations.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its own file " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException("cannot read the program's own file " + name, broken);
        }
    }

    private static String checksum(String sql) {
        return HexFormat.of().formatHex(Sha256.of(Bytes.utf8(sql)).toByteArray(), 0, 16);
    }
}
