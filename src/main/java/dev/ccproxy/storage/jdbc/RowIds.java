package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Ascending row ids of a table that only this session adds to. For the writer thread. */
final class RowIds {

    private long last;

    RowIds(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM " + table)) {
            row.next();
            this.last = row.getLong(1);
        }
    }

    long next() {
        return ++last;
    }
}
