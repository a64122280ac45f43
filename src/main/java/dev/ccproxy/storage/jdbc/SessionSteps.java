package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.storage.StoredSession;
import dev.ccproxy.storage.StoredSession.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the course of one session, of each exchange a few numbers. */
final class SessionSteps {

    private SessionSteps() {}

    static List<Step> read(Connection connection, long session) throws SQLException {
        Sql sql = new Sql("SELECT e.public_id, e.started_at, nullif(t.agent_id, ''), e.kind, e.outcome, e.turn,"
                + " coalesce(e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens, 0),"
                + " coalesce(e.calls_print, 0), e.tool, e.attempt_reason, e.waste, coalesce(CASE WHEN e.waste IS NULL"
                + " THEN e.lost_nano ELSE e.cost_nano END, 0), e.diverged_at"
                + " FROM thread t JOIN exchange e ON e.thread_id = t.id WHERE t.session_id = ?"
                + " ORDER BY e.started_at DESC, e.public_id DESC LIMIT ?");
        return Rows.list(connection, sql.with(session).with(StoredSession.MOST_STEPS), SessionSteps::step)
                .reversed();
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                Cursor.idOf(row.getBytes(1)),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                Kind.ofWord(row.getString(4)),
                Outcome.ofWord(row.getString(5)),
                integer(row, 6),
                row.getLong(7),
                row.getLong(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getLong(12),
                integer(row, 13));
    }

    private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
