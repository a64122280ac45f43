package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.KeptSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings in the database, which the writer thread changes between commits. */
final class SettingTable implements KeptSettings {

    private static final String SET = "INSERT INTO setting(name, value, changed_at) VALUES (?, ?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at";

    private final ReadConnections connections;
    private final GroupCommit writer;
    private final Clock clock;

    SettingTable(ReadConnections connections, GroupCommit writer, Clock clock) {
        this.connections = connections;
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public Map<String, String> all() {
        return connections.read(connection -> {
            Map<String, String> values = new TreeMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT name, value FROM setting")) {
                while (row.next()) {
                    values.put(row.getString(1), row.getString(2));
                }
            }
            return values;
        });
    }

    @Override
    public void change(Map<String, Optional<String>> changes) throws InterruptedException {
        writer.change(session -> {
            for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
                change(session.connection(), change.getKey(), change.getValue());
            }
            return true;
        });
    }

    private void change(Connection connection, String name, Optional<String> value) throws SQLException {
        if (value.isEmpty()) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM setting WHERE name = ?")) {
                delete.setString(1, name);
                delete.executeUpdate();
            }
            return;
        }
        try (PreparedStatement set = connection.prepareStatement(SET)) {
            set.setString(1, name);
            set.setString(2, value.get());
            set.setLong(3, clock.millis());
            set.executeUpdate();
        }
    }
}
