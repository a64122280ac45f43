package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.UpstreamLegs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads where exchanges went that a rule sent elsewhere. Safe for all threads. */
final class ReroutingReader {

    /** Reads compressed header lines of an exchange. */
    private final BiFunction<byte @Nullable [], ExchangeId, @Nullable Headers> headers;

    ReroutingReader(BiFunction<byte @Nullable [], ExchangeId, @Nullable Headers> headers) {
        this.headers = headers;
    }

    @Nullable
    UpstreamLegs read(Connection connection, ExchangeId id) throws SQLException {
        String sql = "SELECT e.provider, e.routed_model, e.rule, r.agent, r.losses, r.status, r.failed, q.headers, "
                + BodyColumns.of("q") + ", a.headers, " + BodyColumns.of("a")
                + " FROM exchange e JOIN rerouting r ON r.exchange_id = e.id"
                + " LEFT JOIN request_leg q ON q.id = " + Leg.UPSTREAM_REQUEST.keyOf("e.id")
                + " LEFT JOIN response_leg a ON a.id = " + Leg.UPSTREAM_RESPONSE.keyOf("e.id")
                + " WHERE e.public_id = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBytes(1, Cursor.idBytes(id));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? legs(row, id) : null;
            }
        }
    }

    List<String> sessions(Connection connection, int most) throws SQLException {
        String sql = """
                SELECT s.name FROM (SELECT exchange_id FROM rerouting ORDER BY exchange_id DESC LIMIT ?) r
                JOIN exchange e ON e.id = r.exchange_id JOIN thread t ON t.id = e.thread_id
                JOIN session s ON s.id = t.session_id AND s.named = 1
                GROUP BY s.name ORDER BY max(r.exchange_id) DESC""";
        List<String> sessions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sessions.add(row.getString(1));
                }
            }
        }
        return sessions;
    }

    private UpstreamLegs legs(ResultSet row, ExchangeId id) throws SQLException {
        int status = row.getInt(6);
        boolean answered = !row.wasNull();
        BodyFacts request = BodyColumns.read(row, 9);
        String losses = row.getString(5);
        return new UpstreamLegs(
                new RouteTaken(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                FailedAttempts.read(row.getString(7)),
                losses.isEmpty() ? List.of() : Arrays.asList(losses.split(" ", -1)),
                Objects.requireNonNullElse(headers.apply(row.getBytes(8), id), Headers.EMPTY),
                request == null ? new BodyFacts(0, null, null, BodyFacts.State.DROPPED, 0) : request,
                null,
                answered ? status : null,
                headers.apply(row.getBytes(14), id),
                BodyColumns.read(row, 15),
                null);
    }
}
