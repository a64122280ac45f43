package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.storage.ExchangeNames;
import dev.ccproxy.storage.RecordedIds;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Looks exchanges up by ids that the upstream or the client gave them; each is one search of an index. */
final class NameLookup implements ExchangeNames {

    private static final String SELECT = "SELECT e.public_id, e.started_at, e.kind, e.outcome,"
            + " CASE WHEN s.named = 1 THEN s.name END, nullif(t.agent_id, ''), e.request_id, e.message_id FROM ";

    private final ReadConnections connections;

    NameLookup(ReadConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<RecordedIds> ofSession(String sessionId, int most) {
        String sql = SELECT
                + "session s JOIN thread t ON t.session_id = s.id JOIN exchange e ON e.thread_id = t.id"
                + " WHERE s.tenant = 1 AND s.named = 1 AND s.name = ? ORDER BY e.id DESC LIMIT ?";
        List<RecordedIds> newestFirst = connections.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, sessionId);
                select.setInt(2, most);
                return read(select);
            }
        });
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    @Override
    public List<RecordedIds> known(Collection<String> requestIds, Collection<String> messageIds) {
        List<RecordedIds> found = by("e.request_id", requestIds);
        found.addAll(by("e.message_id", messageIds));
        return found;
    }

    private List<RecordedIds> by(String column, Collection<String> ids) {
        if (ids.isEmpty()) {
            return new ArrayList<>();
        }
        String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
        String sql = SELECT + SummaryColumns.FROM + " WHERE " + column + " IS NOT NULL AND " + column + " IN (" + marks
                + ")";
        return connections.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                int parameter = 1;
                for (String id : ids) {
                    select.setString(parameter++, id);
                }
                return read(select);
            }
        });
    }

    private static List<RecordedIds> read(PreparedStatement select) throws SQLException {
        List<RecordedIds> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new RecordedIds(
                        Cursor.idOf(row.getBytes(1)),
                        Instant.ofEpochMilli(row.getLong(2)),
                        Kind.ofWord(row.getString(3)),
                        Outcome.ofWord(row.getString(4)),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)));
            }
        }
        return found;
    }
}
