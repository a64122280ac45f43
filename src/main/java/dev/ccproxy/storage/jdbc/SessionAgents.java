package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.storage.SessionAgent;
import dev.ccproxy.storage.Sums;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the agents of one session with their sums. */
final class SessionAgents {

    private final Connection connection;
    private final long session;

    SessionAgents(Connection connection, long session) {
        this.connection = connection;
        this.session = session;
    }

    private record ThreadKind(long thread, Kind kind, Sums sums) {}

    private record Latest(@Nullable String model, long context) {}

    List<SessionAgent> read() throws SQLException {
        Map<Long, Map<Kind, Sums>> sums = new HashMap<>();
        Sql kinds = new Sql("SELECT e.thread_id, e.kind, " + SumColumns.OF_EXCHANGES
                + " FROM thread t JOIN exchange e ON e.thread_id = t.id WHERE t.session_id = ? GROUP BY 1, 2");
        for (ThreadKind each : Rows.list(
                connection,
                kinds.with(session),
                row -> new ThreadKind(row.getLong(1), Kind.ofWord(row.getString(2)), SumColumns.read(row, 3)))) {
            sums.computeIfAbsent(each.thread(), _ -> new EnumMap<>(Kind.class)).put(each.kind(), each.sums());
        }
        Sql threads = new Sql("""
                SELECT t.id, nullif(t.agent_id, ''), t.parent_agent_id, t.agent_name, t.name_source, t.call_id,
                  c.description, (SELECT min(e.turn) FROM exchange e WHERE e.thread_id = t.id), t.first_at, t.last_at
                FROM thread t LEFT JOIN agent_call c ON c.session_id = t.session_id AND c.id = t.call_id
                WHERE t.session_id = ? ORDER BY t.agent_id <> '', t.id""");
        List<SessionAgent> agents = new ArrayList<>();
        for (Map.Entry<Long, SessionAgent> each : Rows.list(connection, threads.with(session), SessionAgents::agent)) {
            agents.add(with(each.getValue(), latest(each.getKey()), sums.getOrDefault(each.getKey(), Map.of())));
        }
        return agents;
    }

    private static Map.Entry<Long, SessionAgent> agent(ResultSet row) throws SQLException {
        String agentId = row.getString(2);
        int turn = row.getInt(8);
        return Map.entry(
                row.getLong(1),
                new SessionAgent(
                        agentId,
                        row.getString(3),
                        SessionRecall.name(agentId, row.getString(4), row.getString(5), row.getString(6)),
                        row.getString(7),
                        turn == 0 ? null : turn,
                        Instant.ofEpochMilli(row.getLong(9)),
                        Instant.ofEpochMilli(row.getLong(10)),
                        null,
                        0,
                        Map.of()));
    }

    private Latest latest(long thread) throws SQLException {
        Sql sql = new Sql("SELECT coalesce(e.model, e.requested_model), e.input_tokens + e.cache_read_tokens"
                + " + e.cache_write_5m_tokens + e.cache_write_1h_tokens FROM exchange e WHERE e.thread_id = ?"
                + " AND e.kind IN ('main', 'subagent', 'compaction') AND e.input_tokens IS NOT NULL"
                + " ORDER BY e.id DESC LIMIT 1");
        List<Latest> latest =
                Rows.list(connection, sql.with(thread), row -> new Latest(row.getString(1), row.getLong(2)));
        return latest.isEmpty() ? new Latest(null, 0) : latest.getFirst();
    }

    private static SessionAgent with(SessionAgent agent, Latest latest, Map<Kind, Sums> sums) {
        return new SessionAgent(
                agent.agentId(),
                agent.parentAgentId(),
                agent.name(),
                agent.description(),
                agent.turn(),
                agent.first(),
                agent.last(),
                latest.model(),
                latest.context(),
                sums);
    }
}
