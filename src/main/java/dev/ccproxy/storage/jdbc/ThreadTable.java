package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.InferredFrom;
import dev.ccproxy.recent.RecentMap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds or makes the session and the thread to which an exchange belongs. For the writer thread. */
final class ThreadTable {

    private static final int REMEMBERED = 4_096;

    /** A thread's row and its session's. */
    record ThreadRow(long id, long session) {}

    /** Exchanges that name no session share one for each day. */
    private record SessionKey(
            boolean named, String name, @Nullable InferredFrom inferredFrom) {
        static SessionKey of(ExchangeSummary summary) {
            return summary.sessionId() == null
                    ? new SessionKey(
                            false,
                            LocalDate.ofInstant(summary.at(), ZoneOffset.UTC).toString(),
                            null)
                    : new SessionKey(
                            true,
                            summary.sessionId(),
                            summary.findings().labels().inferredFrom());
        }
    }

    private record ThreadKey(
            SessionKey session, String agent, @Nullable String parentAgent) {}

    private final PreparedStatement findSession;
    private final PreparedStatement insertSession;
    private final PreparedStatement findThread;
    private final PreparedStatement insertThread;
    private final PreparedStatement nameParent;
    private final RecentMap<ThreadKey, ThreadRow> recent = new RecentMap<>(REMEMBERED);

    ThreadTable(Connection connection) throws SQLException {
        this.findSession =
                connection.prepareStatement("SELECT id FROM session WHERE tenant = 1 AND named = ? AND name = ?");
        this.insertSession = connection.prepareStatement(
                "INSERT INTO session(named, name, first_at, last_at, inferred) VALUES (?, ?, ?, ?, ?) RETURNING id");
        this.findThread = connection.prepareStatement(
                "SELECT id, parent_agent_id FROM thread WHERE session_id = ? AND agent_id = ?");
        this.insertThread = connection.prepareStatement("""
                INSERT INTO thread(session_id, agent_id, parent_agent_id, first_at, last_at) VALUES (?, ?, ?, ?, ?)
                RETURNING id""");
        this.nameParent = connection.prepareStatement("UPDATE thread SET parent_agent_id = ? WHERE id = ?");
    }

    ThreadRow of(ExchangeSummary summary) throws SQLException {
        ThreadKey key = new ThreadKey(
                SessionKey.of(summary), Objects.requireNonNullElse(summary.agentId(), ""), summary.parentAgentId());
        ThreadRow known = recent.get(key);
        if (known == null) {
            known = findOrInsert(key, summary.at().toEpochMilli());
            recent.put(key, known);
        }
        return known;
    }

    /** What was remembered may not be in the database: a transaction failed, or rows were deleted. */
    void forget() {
        recent.clear();
    }

    private ThreadRow findOrInsert(ThreadKey key, long at) throws SQLException {
        long session = session(key.session(), at);
        findThread.setLong(1, session);
        findThread.setString(2, key.agent());
        try (ResultSet row = findThread.executeQuery()) {
            if (row.next()) {
                ThreadRow found = new ThreadRow(row.getLong(1), session);
                nameParent(found, key.parentAgent(), row.getString(2));
                return found;
            }
        }
        insertThread.setLong(1, session);
        insertThread.setString(2, key.agent());
        insertThread.setString(3, key.parentAgent());
        insertThread.setLong(4, at);
        insertThread.setLong(5, at);
        return new ThreadRow(id(insertThread), session);
    }

    private void nameParent(ThreadRow thread, @Nullable String said, @Nullable String known) throws SQLException {
        if (said != null && !said.equals(known)) {
            nameParent.setString(1, said);
            nameParent.setLong(2, thread.id());
            nameParent.executeUpdate();
        }
    }

    private long session(SessionKey key, long at) throws SQLException {
        findSession.setInt(1, key.named() ? 1 : 0);
        findSession.setString(2, key.name());
        try (ResultSet row = findSession.executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        insertSession.setInt(1, key.named() ? 1 : 0);
        insertSession.setString(2, key.name());
        insertSession.setLong(3, at);
        insertSession.setLong(4, at);
        InferredFrom source = key.inferredFrom();
        insertSession.setString(5, source == null ? null : source.word());
        return id(insertSession);
    }

    private static long id(PreparedStatement insert) throws SQLException {
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
