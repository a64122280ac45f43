package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;

/** SQLite 3.35 or later. */
final class SqliteDialect implements Dialect {

    /** Pages given back at a time: 2 MB. */
    private static final int SHRINK_PAGES = 256;

    /** A reader that is in the way of emptying the log must not hold the writer up. */
    private static final int SHORT_BUSY_MILLIS = 10;

    @Override
    public String scripts() {
        return "sqlite";
    }

    @Override
    public String beginWriting() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public String lower(String column) {
        return "lower(" + column + ")";
    }

    @Override
    public String contains(String column) {
        return "instr(" + lower(column) + ", ?) > 0";
    }

    @Override
    public Fault fault(SQLException failure) {
        return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xFF)) {
            case SQLITE_FULL -> Fault.FULL;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> Fault.CORRUPT;
            case SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_IOERR,
                    SQLITE_READONLY,
                    SQLITE_CANTOPEN,
                    SQLITE_PERM,
                    SQLITE_AUTH,
                    SQLITE_NOMEM,
                    SQLITE_PROTOCOL -> Fault.SURROUNDINGS;
            default -> Fault.STATEMENT;
        };
    }

    @Override
    public boolean emptyLog(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=" + SHORT_BUSY_MILLIS);
            try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return result.next() && result.getInt(1) == 0;
            } finally {
                statement.execute("PRAGMA busy_timeout=" + DatabaseFile.BUSY_MILLIS);
            }
        }
    }

    @Override
    public boolean shrink(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Not execute(): that takes one step, and each step frees one page.
            statement.executeUpdate("PRAGMA incremental_vacuum(" + SHRINK_PAGES + ")");
            try (ResultSet free = statement.executeQuery("PRAGMA freelist_count")) {
                return free.next() && free.getLong(1) > 0;
            }
        }
    }
}
