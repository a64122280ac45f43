package dev.ccproxy.storage.jdbc;

import dev.ccproxy.session.AgentCall;
import dev.ccproxy.session.AgentName;
import dev.ccproxy.session.Histories;
import dev.ccproxy.session.NameSource;
import dev.ccproxy.session.SessionMemory;
import dev.ccproxy.session.Turn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is known of a session, to go on following it. */
final class SessionRecall {

    private static final int MOST = 2_048;

    private SessionRecall() {}

    static SessionMemory read(Connection connection, String name) throws SQLException {
        String sql = "SELECT id, title, titled, project FROM session WHERE tenant = 1 AND named = 1 AND name = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? read(connection, row) : SessionMemory.NONE;
            }
        }
    }

    private record Sent(long history, String session) {}

    /** {@link dev.ccproxy.storage.ExchangeReader#sentBefore}. */
    static Optional<Histories.Origin> sentBefore(Connection connection, List<Long> histories, int messages)
            throws SQLException {
        String marks = String.join(", ", Collections.nCopies(histories.size(), "?"));
        Sql sql = new Sql("SELECT history, name FROM session WHERE tenant = 1 AND named = 1 AND history IN (" + marks
                + ") ORDER BY last_at DESC, id DESC");
        histories.forEach(sql::with);
        return Rows.list(connection, sql, row -> new Sent(row.getLong(1), row.getString(2))).stream()
                .min(Comparator.comparingInt(sent -> histories.indexOf(sent.history())))
                .map(sent -> new Histories.Origin(sent.session(), messages - histories.indexOf(sent.history())));
    }

    private static SessionMemory read(Connection connection, ResultSet session) throws SQLException {
        long id = session.getLong(1);
        List<Turn> turns = list(
                connection,
                "SELECT number, prompt_id, prompt FROM turn WHERE session_id = ? ORDER BY number DESC LIMIT 1",
                id,
                SessionRecall::turn);
        return new SessionMemory(
                turns.isEmpty() ? null : turns.getFirst(),
                session.getString(2),
                session.getInt(3) == 1,
                session.getString(4),
                list(connection, """
                        SELECT nullif(t.agent_id, ''), t.agent_name, t.name_source, t.call_id,
                          coalesce((SELECT e.turn FROM exchange e WHERE e.thread_id = t.id ORDER BY e.id DESC LIMIT 1), 0)
                        FROM thread t WHERE t.session_id = ? ORDER BY t.id DESC LIMIT\s""" + MOST, id, SessionRecall::thread),
                list(connection, """
                        SELECT id, nullif(caller, ''), agent, description, prompt, turn, agent_id FROM agent_call
                        WHERE session_id = ? ORDER BY at DESC LIMIT\s""" + MOST, id, SessionRecall::call).reversed());
    }

    /** Makes something of a row. */
    @FunctionalInterface
    private interface Maker<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> list(Connection connection, String sql, long session, Maker<T> maker)
            throws SQLException {
        List<T> list = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, session);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    list.add(maker.of(row));
                }
            }
        }
        return list;
    }

    private static Turn turn(ResultSet row) throws SQLException {
        return new Turn(row.getInt(1), row.getString(2), row.getString(3));
    }

    private static SessionMemory.Agent thread(ResultSet row) throws SQLException {
        return new SessionMemory.Agent(
                row.getString(1),
                row.getInt(5),
                name(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
    }

    /** Null where the agent has none. */
    static @Nullable AgentName name(
            @Nullable String agentId, @Nullable String name, @Nullable String source, @Nullable String call) {
        return agentId == null || name == null || source == null
                ? null
                : new AgentName(agentId, name, NameSource.ofWord(source), call);
    }

    private static AgentCall call(ResultSet row) throws SQLException {
        return new AgentCall(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getInt(6),
                row.getString(7));
    }
}
