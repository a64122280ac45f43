package dev.ccproxy.storage.jdbc;

import dev.ccproxy.anthropic.RateLimit;
import dev.ccproxy.storage.LimitReader;
import dev.ccproxy.storage.LimitReading;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link LimitTable} keeps. */
final class LimitRows implements LimitReader {

    private static final String SELECT = "SELECT account, name, model, at, status, most, remaining, utilization,"
            + " resets_at, detail FROM rate_limit r ";
    private static final String ORDER = " ORDER BY account, name, model, slot";

    private final ReadConnections connections;

    LimitRows(ReadConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<LimitReading> since(Instant from) {
        return connections.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE at >= ?" + ORDER)) {
                select.setLong(1, from.toEpochMilli());
                return read(select);
            }
        });
    }

    @Override
    public List<LimitReading> latest() {
        return connections.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT
                    + "WHERE slot = (SELECT max(slot) FROM rate_limit l WHERE l.account = r.account AND l.name = r.name"
                    + " AND l.model = r.model)" + ORDER)) {
                return read(select);
            }
        });
    }

    private static List<LimitReading> read(PreparedStatement select) throws SQLException {
        List<LimitReading> readings = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                readings.add(new LimitReading(
                        row.getString(1), row.getString(3), Instant.ofEpochMilli(row.getLong(4)), limit(row)));
            }
        }
        return readings;
    }

    private static RateLimit limit(ResultSet row) throws SQLException {
        double share = row.getDouble(8);
        Double utilization = row.wasNull() ? null : share;
        Long resetsAt = whole(row, 9);
        return new RateLimit(
                row.getString(2),
                row.getString(5),
                whole(row, 6),
                whole(row, 7),
                utilization,
                resetsAt == null ? null : Instant.ofEpochMilli(resetsAt),
                row.getString(10));
    }

    private static @Nullable Long whole(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
