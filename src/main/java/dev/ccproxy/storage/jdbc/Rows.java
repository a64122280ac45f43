package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of a statement into values. */
final class Rows {

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Maker<T> {
        T of(ResultSet row) throws SQLException;
    }

    private Rows() {}

    static <T> List<T> list(Connection connection, Sql sql, Maker<T> maker) throws SQLException {
        List<T> list = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                list.add(maker.of(row));
            }
        }
        return list;
    }
}
