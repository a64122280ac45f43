package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.storage.ClientReader;
import dev.ccproxy.storage.ClientSeen;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from the sums of each hour which programs sent exchanges: no exchange is looked at but those of one hour. */
final class ClientRows implements ClientReader {

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final ReadConnections connections;

    ClientRows(ReadConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<ClientSeen> clients(int most) {
        String sql = "SELECT c.agent, min(r.hour), max(r.hour), sum(r.exchanges) FROM rollup r"
                + " JOIN client c ON c.id = r.client_id GROUP BY c.agent ORDER BY 3 DESC, 1 DESC LIMIT ?";
        return connections.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setInt(1, most);
                List<ClientSeen> seen = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        seen.add(new ClientSeen(
                                row.getString(1), hour(row.getLong(2)), hour(row.getLong(3)), row.getLong(4)));
                    }
                }
                return seen;
            }
        });
    }

    private static Instant hour(long hour) {
        return Instant.ofEpochMilli(hour * HOUR_MILLIS);
    }

    @Override
    public Optional<ExchangeId> lastMain(String agent) {
        return Optional.ofNullable(connections.read(connection -> {
            Long hour = lastHour(connection, agent);
            return hour == null ? null : last(connection, agent, hour);
        }));
    }

    private static @Nullable Long lastHour(Connection connection, String agent) throws SQLException {
        String sql = "SELECT max(r.hour) FROM rollup r JOIN client c ON c.id = r.client_id"
                + " WHERE c.agent = ? AND r.kind = 'main'";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, agent);
            try (ResultSet row = select.executeQuery()) {
                long hour = row.next() ? row.getLong(1) : 0;
                return row.wasNull() ? null : hour;
            }
        }
    }

    private static @Nullable ExchangeId last(Connection connection, String agent, long hour) throws SQLException {
        String sql = "SELECT e.public_id FROM exchange e JOIN client c ON c.id = e.client_id"
                + " WHERE e.started_at >= ? AND e.started_at < ? AND c.agent = ? AND e.kind = 'main'"
                + " ORDER BY e.started_at DESC, e.public_id DESC LIMIT 1";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, hour * HOUR_MILLIS);
            select.setLong(2, (hour + 1) * HOUR_MILLIS);
            select.setString(3, agent);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Cursor.idOf(row.getBytes(1)) : null;
            }
        }
    }
}
