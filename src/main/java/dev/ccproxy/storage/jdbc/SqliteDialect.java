package dev.ccproxy.storage.jdbc;

import dev.ccproxy.search.Words;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.sqlite.SQLiteErrorCode;

/** SQLite 3.35 or later. */
final class SqliteDialect implements Dialect {

    /** Pages given back at a time: 2 MB. */
    private static final int SHRINK_PAGES = 256;

    private static final int MERGE_PAGES = 64;

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
    public boolean indexesWords(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'word_queue'")) {
            return row.next();
        }
    }

    @Override
    public String enterWords(String index) {
        return "INSERT INTO " + index + "(rowid, words) VALUES (?, ?)";
    }

    @Override
    public String hasWords(String index) {
        return index + " MATCH ?";
    }

    @Override
    public String wordsText(List<Words.Sought> words) {
        return words.stream()
                .map(sought -> "\"" + sought.word() + "\"" + (sought.begins() ? " *" : ""))
                .collect(Collectors.joining(" AND "));
    }

    /** FTS5 merges all parts of an index into one, in which deleted rows have no words, a few pages at a time. */
    @Override
    public boolean tidyWords(Connection connection, boolean first) throws SQLException {
        if (!indexesWords(connection)) {
            return false;
        }
        boolean more = false;
        for (WordSource source : WordSource.values()) {
            String merge = "INSERT INTO " + source.index() + "(" + source.index() + ", rank) VALUES ('merge', ";
            try (Statement statement = connection.createStatement()) {
                long before = changes(statement);
                statement.executeUpdate(merge + (first ? -MERGE_PAGES : MERGE_PAGES) + ")");
                more |= changes(statement) - before > 1;
            }
        }
        return more;
    }

    private static long changes(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT total_changes()")) {
            row.next();
            return row.getLong(1);
        }
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
    public long usedBytes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT (page_count - freelist_count) * page_size"
                        + " FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()")) {
            row.next();
            return row.getLong(1);
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
