package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.segment.SegmentId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes the rows of exchanges, or what they hold of bodies, in the writer's transaction. Sums follow; a thread goes with
 * its last exchange, a session with its last thread. The segments of the bodies become candidates, whose packs are queued
 * in the database too, so that a sweep which a crash cuts off is made up for. For the writer thread.
 */
final class Eraser {

    /** All legs of an exchange. */
    private static final String LEGS =
            " WHERE id IN (SELECT doomed.id * 8 + leg.n FROM doomed, (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3"
                    + " UNION ALL SELECT 4) AS leg)";

    /** {@link dev.ccproxy.exchange.Findings#wastedNanoUsd}. */
    static final String WASTED = "CASE WHEN waste IS NULL THEN coalesce(lost_nano, 0) ELSE coalesce(cost_nano, 0) END";

    /** Sums of what both threads and roll-ups keep. */
    private static final String FINDINGS = """
            sum(CASE WHEN outcome = 'completed' THEN 0 ELSE 1 END) AS f,
            coalesce(sum(CASE WHEN cost_certainty = 'estimated' THEN cost_nano END), 0) AS cs,
            coalesce(sum(CASE WHEN cost_certainty = 'unpriced' THEN 1 END), 0) AS u,
            coalesce(sum(CASE WHEN cache_result = 'break' THEN 1 END), 0) AS b,
            coalesce(sum(lost_nano), 0) AS l, coalesce(sum(saved_nano), 0) AS s,
            sum(%s) AS v""".formatted(WASTED);

    private static final List<String> DELETE_ROWS = List.of(
            """
            UPDATE model_count SET exchanges = model_count.exchanges - gone.n
            FROM (SELECT coalesce(requested_model, '') AS model, count(*) AS n FROM exchange
              WHERE id IN (SELECT id FROM doomed) GROUP BY 1) AS gone
            WHERE model_count.model = gone.model""",
            "DELETE FROM model_count WHERE exchanges = 0",
            """
            UPDATE thread SET exchanges = thread.exchanges - gone.n, input_tokens = thread.input_tokens - gone.i,
              output_tokens = thread.output_tokens - gone.o, cache_read_tokens = thread.cache_read_tokens - gone.r,
              cache_write_tokens = thread.cache_write_tokens - gone.w, cost_nano = thread.cost_nano - gone.c,
              cost_estimated_nano = thread.cost_estimated_nano - gone.cs, unpriced = thread.unpriced - gone.u,
              failed = thread.failed - gone.f, breaks = thread.breaks - gone.b, lost_nano = thread.lost_nano - gone.l,
              saved_nano = thread.saved_nano - gone.s, wasted_nano = thread.wasted_nano - gone.v
            FROM (SELECT thread_id, count(*) AS n, coalesce(sum(input_tokens), 0) AS i,
                coalesce(sum(output_tokens), 0) AS o, coalesce(sum(cache_read_tokens), 0) AS r,
                coalesce(sum(cache_write_5m_tokens + cache_write_1h_tokens), 0) AS w, coalesce(sum(cost_nano), 0) AS c,
                %s
              FROM exchange WHERE id IN (SELECT id FROM doomed) GROUP BY thread_id) AS gone
            WHERE thread.id = gone.thread_id""".formatted(FINDINGS),
            """
            UPDATE rollup SET exchanges = rollup.exchanges - gone.n, failed = rollup.failed - gone.f,
              input_tokens = rollup.input_tokens - gone.i, output_tokens = rollup.output_tokens - gone.o,
              cache_read_tokens = rollup.cache_read_tokens - gone.r,
              cache_write_5m_tokens = rollup.cache_write_5m_tokens - gone.w5,
              cache_write_1h_tokens = rollup.cache_write_1h_tokens - gone.w1,
              cost_exact_nano = rollup.cost_exact_nano - gone.ce,
              cost_estimated_nano = rollup.cost_estimated_nano - gone.cs, unpriced = rollup.unpriced - gone.u,
              breaks = rollup.breaks - gone.b, lost_nano = rollup.lost_nano - gone.l,
              saved_nano = rollup.saved_nano - gone.s, wasted_nano = rollup.wasted_nano - gone.v
            FROM (SELECT started_at / 3600000 AS hour, coalesce(model, requested_model, '') AS model, kind, thread_id,
                client_id, count(*) AS n,
                coalesce(sum(input_tokens), 0) AS i, coalesce(sum(output_tokens), 0) AS o,
                coalesce(sum(cache_read_tokens), 0) AS r, coalesce(sum(cache_write_5m_tokens), 0) AS w5,
                coalesce(sum(cache_write_1h_tokens), 0) AS w1,
                coalesce(sum(CASE WHEN cost_certainty = 'exact' THEN cost_nano END), 0) AS ce,
                %s
              FROM exchange WHERE id IN (SELECT id FROM doomed) GROUP BY 1, 2, 3, 4, 5) AS gone
            WHERE rollup.hour = gone.hour AND rollup.model = gone.model AND rollup.kind = gone.kind
              AND rollup.thread_id = gone.thread_id AND rollup.client_id = gone.client_id""".formatted(FINDINGS),
            """
            DELETE FROM rollup WHERE exchanges = 0 AND hour IN (SELECT started_at / 3600000 FROM exchange
              WHERE id IN (SELECT id FROM doomed))""",
            "DELETE FROM tag WHERE exchange_id IN (SELECT id FROM doomed)",
            "DELETE FROM rerouting WHERE exchange_id IN (SELECT id FROM doomed)",
            "DELETE FROM request_leg" + LEGS,
            "DELETE FROM response_leg" + LEGS);

    private static final String DROP_BODY = " SET state = 'dropped', stored_length = 0, stored_sha256 = NULL, ";

    private final Connection connection;
    private final Condemned candidates;
    private final Set<Long> threads = new HashSet<>();

    Eraser(Connection connection, Condemned candidates) {
        this.connection = connection;
        this.candidates = candidates;
    }

    /** Threads of which something was deleted and that are still there. */
    Set<Long> threads() {
        return threads;
    }

    /** Deletes whole exchanges; true when a thread went with them. */
    boolean deleteExchanges(List<Long> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            doom(statement, rows);
            RowIds.reserve(statement, "exchange");
            RowIds.reserve(statement, "pack");
            condemnSegments(statement);
            HourlyCounts.takeBack(connection);
            for (String sql : DELETE_ROWS) {
                statement.executeUpdate(sql);
            }
            Set<Long> touched = threads(statement);
            Set<Long> sessions = sessions(statement, "");
            Set<Long> starred = sessions(statement, " AND e.starred = 1");
            statement.executeUpdate("DELETE FROM exchange WHERE id IN (SELECT id FROM doomed)");
            boolean gone = deleteThreads(statement, touched);
            deleteSessions(statement, sessions);
            for (long session : starred) {
                Stars.updateSession(statement, session);
            }
            threads.addAll(touched);
            return gone;
        }
    }

    /** Deletes what exchanges hold of their bodies; returns how many had any. */
    long deleteBodies(List<Long> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            doom(statement, rows);
            RowIds.reserve(statement, "pack");
            condemnSegments(statement);
            threads.addAll(threads(statement));
            long requests = statement.executeUpdate("UPDATE request_leg" + DROP_BODY
                    + "keyframe_id = NULL, manifest = NULL" + LEGS + " AND manifest IS NOT NULL");
            long answers = statement.executeUpdate(
                    "UPDATE response_leg" + DROP_BODY + "data = NULL" + LEGS + " AND data IS NOT NULL");
            return Math.max(requests, answers);
        }
    }

    private void doom(Statement statement, List<Long> rows) throws SQLException {
        statement.execute("CREATE TEMP TABLE IF NOT EXISTS doomed(id BIGINT PRIMARY KEY)");
        statement.execute("DELETE FROM doomed");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO doomed(id) VALUES (?)")) {
            for (long row : rows) {
                insert.setLong(1, row);
                insert.executeUpdate();
            }
        }
    }

    private void condemnSegments(Statement statement) throws SQLException {
        Set<Long> packs = new HashSet<>();
        try (BodyManifests manifests = new BodyManifests(connection);
                ResultSet legs = statement.executeQuery(
                        "SELECT manifest, keyframe_id FROM request_leg" + LEGS + " AND manifest IS NOT NULL")) {
            while (legs.next()) {
                long keyframe = legs.getLong(2);
                boolean alone = legs.wasNull();
                long[] ids = manifests.segments(legs.getBytes(1), alone ? null : keyframe);
                candidates.add(ids);
                for (long id : ids) {
                    packs.add(SegmentId.pack(id));
                }
            }
        }
        try (PreparedStatement queue = connection.prepareStatement(
                "INSERT INTO gc_queue(pack_id) VALUES (?) ON CONFLICT(pack_id) DO NOTHING")) {
            for (long pack : packs) {
                queue.setLong(1, pack);
                queue.executeUpdate();
            }
        }
    }

    private static Set<Long> threads(Statement statement) throws SQLException {
        return ids(statement, "SELECT DISTINCT thread_id FROM exchange WHERE id IN (SELECT id FROM doomed)");
    }

    private static Set<Long> sessions(Statement statement, String condition) throws SQLException {
        return ids(
                statement,
                "SELECT DISTINCT t.session_id FROM exchange e JOIN thread t ON t.id = e.thread_id"
                        + " WHERE e.id IN (SELECT id FROM doomed)" + condition);
    }

    private static Set<Long> ids(Statement statement, String sql) throws SQLException {
        Set<Long> ids = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    /** Deletes those of the threads that have no exchange left, and takes them out of the set. */
    private boolean deleteThreads(Statement statement, Set<Long> touched) throws SQLException {
        Set<Long> empty = ids(
                statement,
                "SELECT id FROM thread WHERE id IN (" + list(touched)
                        + ") AND NOT EXISTS (SELECT 1 FROM exchange WHERE thread_id = thread.id)");
        for (String table : List.of("thread_pack", "keyframe")) {
            statement.executeUpdate("DELETE FROM " + table + " WHERE thread_id IN (" + list(empty) + ")");
        }
        statement.executeUpdate("DELETE FROM thread WHERE id IN (" + list(empty) + ")");
        touched.removeAll(empty);
        threads.removeAll(empty);
        return !empty.isEmpty();
    }

    private static void deleteSessions(Statement statement, Set<Long> sessions) throws SQLException {
        for (String table : List.of("turn", "agent_call")) {
            statement.executeUpdate("DELETE FROM " + table + " WHERE session_id IN (" + list(sessions)
                    + ") AND NOT EXISTS (SELECT 1 FROM thread t WHERE t.session_id = " + table + ".session_id)");
        }
        statement.executeUpdate("DELETE FROM session WHERE id IN (" + list(sessions)
                + ") AND NOT EXISTS (SELECT 1 FROM thread WHERE session_id = session.id)");
    }

    /** Deletes threads and sessions whose exchanges all turned out to belong to others; true when there were any. */
    boolean deleteEmpty() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int gone = statement.executeUpdate("DELETE FROM thread WHERE exchanges = 0"
                    + " AND NOT EXISTS (SELECT 1 FROM exchange WHERE thread_id = thread.id)");
            if (gone > 0) {
                statement.executeUpdate(
                        "DELETE FROM session WHERE NOT EXISTS (SELECT 1 FROM thread WHERE session_id = session.id)");
            }
            return gone > 0;
        }
    }

    private static String list(Set<Long> ids) {
        return String.join(", ", ids.stream().map(String::valueOf).toList());
    }
}
