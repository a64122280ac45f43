package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.storage.ActiveSession;
import dev.ccproxy.storage.Dimension;
import dev.ccproxy.storage.FirstContentTimes;
import dev.ccproxy.storage.SessionRow;
import dev.ccproxy.storage.ToolCount;
import dev.ccproxy.storage.UsagePoint;
import dev.ccproxy.storage.UsageReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Use, from sums by the hour. */
final class SqliteUsage implements UsageReader {

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final int MOST_TOOLS = 50;
    private static final int MOST_ACTIVE = 50;

    private final ReadConnections connections;
    private final SqliteSessions sessions;

    SqliteUsage(ReadConnections connections, SqliteSessions sessions) {
        this.connections = connections;
        this.sessions = sessions;
    }

    @Override
    public List<UsagePoint> usage(Instant from, Instant to, Duration stretch, Dimension dimension) {
        long hours = Math.max(1, stretch.toHours());
        long first = hour(from);
        Sql sql = new Sql("SELECT coalesce(" + key(dimension) + ", ''), (r.hour - ?) / ? AS stretch, "
                + SumColumns.OF_ROLLUPS + " FROM rollup r" + joins(dimension)
                + " WHERE r.hour >= ? AND r.hour < ? GROUP BY 1, 2 ORDER BY 2, 1");
        sql.with(first).with(hours).with(first).with(end(to));
        return connections.read(connection -> Rows.list(
                connection,
                sql,
                row -> new UsagePoint(
                        row.getString(1),
                        Instant.ofEpochMilli((first + row.getLong(2) * hours) * HOUR_MILLIS),
                        SumColumns.read(row, 3))));
    }

    private static String key(Dimension dimension) {
        return switch (dimension) {
            case NONE -> "''";
            case MODEL -> "r.model";
            case AGENT ->
                "coalesce(t.agent_name, CASE WHEN t.agent_id <> '' OR r.kind = 'subagent' THEN 'subagent'"
                        + " WHEN r.kind IN ('main', 'compaction') THEN 'main' ELSE 'auxiliary' END)";
            case PROJECT -> "s.project";
            case KIND -> "r.kind";
            case SESSION -> "CASE WHEN s.named = 1 THEN s.name END";
            case TOKEN -> "c.token_name";
            case DAY -> "date(r.hour * 3600, 'unixepoch')";
        };
    }

    private static String joins(Dimension dimension) {
        return switch (dimension) {
            case NONE, MODEL, KIND, DAY -> "";
            case AGENT -> " JOIN thread t ON t.id = r.thread_id";
            case PROJECT, SESSION -> " JOIN thread t ON t.id = r.thread_id JOIN session s ON s.id = t.session_id";
            case TOKEN -> " JOIN client c ON c.id = r.client_id";
        };
    }

    @Override
    public List<FirstContentTimes> firstContents(Instant from, Instant to) {
        return connections.read(connection -> FirstContents.read(connection, hour(from), end(to)));
    }

    @Override
    public List<ToolCount> tools(Instant from, Instant to) {
        Sql sql = new Sql("SELECT tool, sum(calls) FROM rollup_tool WHERE hour >= ? AND hour < ?"
                + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?");
        sql.with(hour(from)).with(end(to)).with(MOST_TOOLS);
        return connections.read(
                connection -> Rows.list(connection, sql, row -> new ToolCount(row.getString(1), row.getLong(2))));
    }

    @Override
    public List<ActiveSession> active(Instant since) {
        List<SessionRow> rows = sessions.activeSince(since, MOST_ACTIVE);
        return connections.read(connection -> {
            List<ActiveSession> active = new ArrayList<>();
            for (SessionRow row : rows) {
                active.add(active(connection, row));
            }
            return active;
        });
    }

    private static ActiveSession active(Connection connection, SessionRow row) throws SQLException {
        return new ActiveSession(
                row,
                latest(connection, row, ""),
                latest(connection, row, " AND e.input_tokens IS NOT NULL"),
                Rows.list(
                        connection,
                        of(row, " AND e.outcome = 'running' ORDER BY e.id LIMIT 50"),
                        SummaryColumns::read));
    }

    private static @Nullable ExchangeSummary latest(Connection connection, SessionRow row, String more)
            throws SQLException {
        List<ExchangeSummary> latest = Rows.list(
                connection,
                of(
                        row,
                        " AND t.agent_id = '' AND e.kind IN ('main', 'compaction')" + more
                                + " ORDER BY e.id DESC LIMIT 1"),
                SummaryColumns::read);
        return latest.isEmpty() ? null : Objects.requireNonNull(latest.getFirst());
    }

    private static Sql of(SessionRow row, String rest) {
        return new Sql("SELECT " + SummaryColumns.SELECT + " FROM session s JOIN thread t ON t.session_id = s.id"
                        + " JOIN exchange e ON e.thread_id = t.id WHERE s.tenant = 1 AND s.named = 1 AND s.name = ?"
                        + rest)
                .with(row.id());
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), HOUR_MILLIS);
    }

    /** The first hour behind. */
    private static long end(Instant to) {
        return Math.ceilDiv(to.toEpochMilli(), HOUR_MILLIS);
    }
}
