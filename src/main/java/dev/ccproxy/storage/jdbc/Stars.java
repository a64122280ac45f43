package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.storage.Marks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Marks that people put on exchanges, in the writer's transaction. A session is starred while an exchange of it is. */
final class Stars {

    private Stars() {}

    /** False when the exchange is unknown. */
    static boolean star(Connection connection, ExchangeId id, boolean starred) throws SQLException {
        OptionalLong row = row(connection, id);
        if (row.isEmpty()) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE exchange SET starred = " + (starred ? 1 : 0) + " WHERE id = " + row.getAsLong());
            try (ResultSet session = statement.executeQuery(
                    "SELECT t.session_id FROM exchange e JOIN thread t ON t.id = e.thread_id WHERE e.id = "
                            + row.getAsLong())) {
                session.next();
                updateSession(statement, session.getLong(1));
            }
        }
        return true;
    }

    /** False when the exchange is unknown. */
    static boolean tag(Connection connection, ExchangeId id, Set<String> tags) throws SQLException {
        OptionalLong row = row(connection, id);
        if (row.isEmpty()) {
            return false;
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM tag WHERE exchange_id = ?");
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO tag(exchange_id, tag) VALUES (?, ?)")) {
            delete.setLong(1, row.getAsLong());
            delete.executeUpdate();
            for (String tag : tags) {
                insert.setLong(1, row.getAsLong());
                insert.setString(2, tag);
                insert.executeUpdate();
            }
        }
        return true;
    }

    static Marks marks(Connection connection, ExchangeId id) throws SQLException {
        String sql = "SELECT e.starred, t.tag FROM exchange e LEFT JOIN tag t ON t.exchange_id = e.id"
                + " WHERE e.public_id = ? ORDER BY t.tag";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBytes(1, Cursor.idBytes(id));
            try (ResultSet row = select.executeQuery()) {
                boolean starred = false;
                List<String> tags = new ArrayList<>();
                while (row.next()) {
                    starred = row.getBoolean(1);
                    String tag = row.getString(2);
                    if (tag != null) {
                        tags.add(tag);
                    }
                }
                return new Marks(starred, tags);
            }
        }
    }

    static void updateSession(Statement statement, long session) throws SQLException {
        statement.executeUpdate(
                "UPDATE session SET starred = CASE WHEN EXISTS (SELECT 1 FROM thread t JOIN exchange e ON e.thread_id = t.id"
                        + " WHERE t.session_id = session.id AND e.starred = 1) THEN 1 ELSE 0 END WHERE id = "
                        + session);
    }

    private static OptionalLong row(Connection connection, ExchangeId id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM exchange WHERE public_id = ?")) {
            select.setBytes(1, Cursor.idBytes(id));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }
}
