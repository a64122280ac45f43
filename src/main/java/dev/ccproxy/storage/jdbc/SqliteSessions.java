package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.InferredFrom;
import dev.ccproxy.session.Histories;
import dev.ccproxy.storage.SessionPage;
import dev.ccproxy.storage.SessionReader;
import dev.ccproxy.storage.SessionRow;
import dev.ccproxy.storage.StoredSession;
import dev.ccproxy.storage.StoredTurn;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions, from sums that are kept and from narrow rows. */
final class SqliteSessions implements SessionReader {

    /** Latest answers of which the context is shown. */
    private static final int CONTEXTS = 40;

    private final ReadConnections connections;
    private final Dialect dialect;

    SqliteSessions(ReadConnections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
    }

    /** A session's key in the store, and where it stands in the list. */
    private record Found(long id, long last, SessionRow row) {}

    @Override
    public SessionPage sessions(@Nullable String text, int limit, @Nullable String cursor) {
        Sql chosen = new Sql("SELECT * FROM session s WHERE s.named = 1");
        if (text != null && !text.isBlank()) {
            String part = text.strip().toLowerCase(Locale.ROOT);
            chosen.add(
                    " AND (" + dialect.contains("s.title") + " OR " + dialect.contains("s.project") + " OR "
                            + dialect.contains("s.name") + ")",
                    part,
                    part,
                    part);
        }
        if (cursor != null) {
            long[] after = parsed(cursor);
            chosen.add(" AND (s.last_at, s.id) < (?, ?)", after[0], after[1]);
        }
        // One more than asked for tells whether there is a next page.
        chosen.add(" ORDER BY s.last_at DESC, s.id DESC LIMIT ?", limit + 1);
        return connections.read(connection -> {
            List<Found> found = found(connection, chosen);
            List<Found> shown = found.size() > limit ? found.subList(0, limit) : found;
            Found last = found.size() > limit ? shown.getLast() : null;
            return new SessionPage(
                    shown.stream().map(Found::row).toList(), last == null ? null : cursor(last.last(), last.id()));
        });
    }

    /** The latest active first. */
    List<SessionRow> activeSince(Instant since, int limit) {
        Sql chosen = new Sql("SELECT * FROM session s WHERE s.named = 1 AND (s.last_at >= ? OR s.id IN"
                + " (SELECT r.session_id FROM exchange x JOIN thread r ON r.id = x.thread_id WHERE x.outcome = 'running'))"
                + " ORDER BY s.last_at DESC, s.id DESC LIMIT ?");
        chosen.with(since.toEpochMilli()).with(limit);
        return connections.read(
                connection -> found(connection, chosen).stream().map(Found::row).toList());
    }

    @Override
    public Map<String, String> titles(Collection<String> ids) {
        Sql chosen = new Sql("SELECT name, title FROM session WHERE named = 1 AND title IS NOT NULL AND name IN (");
        chosen.add(String.join(", ", Collections.nCopies(ids.size(), "?")) + ")", ids.toArray());
        Map<String, String> titles = new HashMap<>();
        connections
                .read(connection -> Rows.list(connection, chosen, row -> Map.entry(row.getString(1), row.getString(2))))
                .forEach(entry -> titles.put(entry.getKey(), entry.getValue()));
        return titles;
    }

    @Override
    public Optional<StoredSession> session(String id) {
        return Optional.ofNullable(connections.read(connection -> {
            List<Found> found = found(connection, named(id));
            if (found.isEmpty()) {
                return null;
            }
            long session = found.getFirst().id();
            return new StoredSession(
                    found.getFirst().row(),
                    new SessionAgents(connection, session).read(),
                    SessionSteps.read(connection, session),
                    forks(connection, id));
        }));
    }

    @Override
    public Optional<SessionRow> row(String id) {
        return connections.read(connection ->
                found(connection, named(id)).stream().map(Found::row).findFirst());
    }

    @Override
    public List<StoredTurn> turns(String id, int after, int limit) {
        return connections.read(connection -> {
            List<Found> found = found(connection, named(id));
            return found.isEmpty()
                    ? List.of()
                    : SessionTurns.read(connection, found.getFirst().id(), after, limit);
        });
    }

    private static List<String> forks(Connection connection, String id) throws SQLException {
        Sql sql =
                new Sql("SELECT name FROM session WHERE tenant = 1 AND named = 1 AND forked_from = ? ORDER BY id LIMIT "
                        + StoredSession.MOST_FORKS);
        return Rows.list(connection, sql.with(id), row -> row.getString(1));
    }

    private static Sql named(String id) {
        return new Sql("SELECT * FROM session s WHERE s.tenant = 1 AND s.named = 1 AND s.name = ?").with(id);
    }

    private static List<Found> found(Connection connection, Sql chosen) throws SQLException {
        Sql sql = new Sql("SELECT c.id, c.name, c.title, c.titled, c.project, c.first_at, c.last_at, c.starred,"
                + " c.inferred, c.forked_from, c.fork_messages, count(t.id), (SELECT coalesce(max(u.number), 0) FROM turn u WHERE u.session_id = c.id), "
                + SumColumns.OF_THREADS + " FROM (");
        sql.add(chosen);
        sql.add(") c JOIN thread t ON t.session_id = c.id GROUP BY c.id ORDER BY c.last_at DESC, c.id DESC");
        List<Found> found = new ArrayList<>();
        for (Found each : Rows.list(connection, sql, SqliteSessions::row)) {
            found.add(withContexts(connection, each));
        }
        return found;
    }

    private static Found row(ResultSet row) throws SQLException {
        String inferred = row.getString(9);
        String forkedFrom = row.getString(10);
        return new Found(
                row.getLong(1),
                row.getLong(7),
                new SessionRow(
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4) == 1,
                        row.getString(5),
                        Instant.ofEpochMilli(row.getLong(6)),
                        Instant.ofEpochMilli(row.getLong(7)),
                        row.getInt(8) == 1,
                        row.getInt(12),
                        row.getInt(13),
                        SumColumns.read(row, 14),
                        null,
                        List.of(),
                        inferred == null ? null : InferredFrom.ofWord(inferred),
                        forkedFrom == null ? null : new Histories.Origin(forkedFrom, row.getInt(11))));
    }

    private static Found withContexts(Connection connection, Found found) throws SQLException {
        Sql sql = new Sql("SELECT coalesce(e.model, e.requested_model), e.input_tokens + e.cache_read_tokens"
                + " + e.cache_write_5m_tokens + e.cache_write_1h_tokens FROM exchange e"
                + " WHERE e.thread_id = (SELECT id FROM thread WHERE session_id = ? AND agent_id = '')"
                + " AND e.kind IN ('main', 'compaction') AND e.input_tokens IS NOT NULL ORDER BY e.id DESC LIMIT ?");
        sql.with(found.id()).with(CONTEXTS);
        List<String> models = new ArrayList<>();
        List<Long> contexts = Rows.list(connection, sql, row -> {
            models.add(row.getString(1));
            return row.getLong(2);
        });
        String model = models.isEmpty() ? null : models.getFirst();
        return new Found(found.id(), found.last(), found.row().with(model, contexts.reversed()));
    }

    private static String cursor(long last, long id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last + "." + id).getBytes(StandardCharsets.US_ASCII));
    }

    private static long[] parsed(String cursor) {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("the cursor is none of ours");
        }
        return new long[] {Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1))};
    }
}
