package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Ascending row ids of a table that only this session adds to. None is given twice, not even when the latest rows are
 * deleted: others may still name them. For the writer thread.
 */
final class RowIds {

    private long last;

    RowIds(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM (SELECT max(id) AS id FROM "
                        + table + " UNION ALL SELECT value FROM meta WHERE name = '" + name(table) + "') AS given")) {
            row.next();
            this.last = row.getLong(1);
        }
    }

    /** To be called before rows are deleted: their ids stay taken. */
    static void reserve(Statement statement, String table) throws SQLException {
        statement.executeUpdate("INSERT INTO meta(name, value) SELECT '" + name(table) + "', max(id) FROM " + table
                + " HAVING max(id) IS NOT NULL ON CONFLICT(name) DO UPDATE SET value ="
                + " CASE WHEN meta.value < excluded.value THEN excluded.value ELSE meta.value END");
    }

    long next() {
        return ++last;
    }

    private static String name(String table) {
        return "last_" + table;
    }
}
