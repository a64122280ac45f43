package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.CheckListener;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What must hold between rows: nothing names a row that is not there, and sums are what they sum up. */
final class Consistency {

    /**
     * A rule.
     *
     * @param broken what breaks it, after a number
     * @param sql gives the rows that do: one column that names each
     */
    private record Rule(String broken, String sql) {}

    private static final String SUMS =
            "coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0)," + " coalesce(sum(cache_read_tokens), 0)";

    private static final List<Rule> RULES = List.of(
            new Rule("request legs without their exchange", missing("request_leg", "id / 8", "exchange")),
            new Rule("response legs without their exchange", missing("response_leg", "id / 8", "exchange")),
            new Rule(
                    "exchanges without a request leg",
                    "SELECT id FROM exchange e WHERE NOT EXISTS (SELECT 1 FROM request_leg WHERE id = "
                            + Leg.CLIENT_REQUEST.keyOf("e.id") + ")"),
            new Rule("request legs without their keyframe", missing("request_leg", "keyframe_id", "keyframe")),
            new Rule("exchanges without their thread", missing("exchange", "thread_id", "thread")),
            new Rule("exchanges without their client", missing("exchange", "client_id", "client")),
            new Rule("threads without their session", missing("thread", "session_id", "session")),
            new Rule(
                    "threads without exchanges",
                    "SELECT id FROM thread t WHERE NOT EXISTS (SELECT 1 FROM exchange WHERE thread_id = t.id)"),
            new Rule(
                    "sessions without threads",
                    "SELECT id FROM session s WHERE NOT EXISTS (SELECT 1 FROM thread WHERE session_id = s.id)"),
            new Rule("turns without their session", missing("turn", "session_id", "session")),
            new Rule("agent calls without their session", missing("agent_call", "session_id", "session")),
            new Rule("keyframes without their thread", missing("keyframe", "thread_id", "thread")),
            new Rule("tags without their exchange", missing("tag", "exchange_id", "exchange")),
            new Rule("edges without their thread", missing("thread_pack", "thread_id", "thread")),
            new Rule("edges without their pack", missing("thread_pack", "pack_id", "pack")),
            new Rule(
                    "packs that no thread needs and nobody is about to delete",
                    "SELECT id FROM pack p WHERE NOT EXISTS (SELECT 1 FROM thread_pack WHERE pack_id = p.id)"
                            + " AND NOT EXISTS (SELECT 1 FROM gc_queue WHERE pack_id = p.id)"),
            new Rule("sums of hours without their thread", missing("rollup", "thread_id", "thread")),
            new Rule("models with a wrong count of exchanges", """
                    SELECT model FROM (
                      SELECT model, exchanges FROM model_count
                      UNION ALL
                      SELECT coalesce(requested_model, ''), -count(*) FROM exchange GROUP BY 1) AS both
                    GROUP BY model HAVING sum(exchanges) <> 0"""),
            new Rule("threads with a wrong count of exchanges", """
                    SELECT id FROM thread t
                    WHERE exchanges <> (SELECT count(*) FROM exchange WHERE thread_id = t.id)"""),
            new Rule("threads with wrong sums", """
                    SELECT id FROM thread t WHERE (input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
                        cost_nano, cost_estimated_nano, unpriced, failed, breaks, lost_nano, saved_nano, wasted_nano)
                        <> (
                      SELECT %s, coalesce(sum(cache_write_5m_tokens + cache_write_1h_tokens), 0),
                        coalesce(sum(cost_nano), 0),
                        coalesce(sum(CASE WHEN cost_certainty = 'estimated' THEN cost_nano END), 0),
                        coalesce(sum(CASE WHEN cost_certainty = 'unpriced' THEN 1 END), 0),
                        coalesce(sum(CASE WHEN outcome = 'completed' THEN 0 ELSE 1 END), 0),
                        coalesce(sum(CASE WHEN cache_result = 'break' THEN 1 END), 0),
                        coalesce(sum(lost_nano), 0), coalesce(sum(saved_nano), 0), coalesce(sum(%s), 0)
                      FROM exchange WHERE thread_id = t.id AND outcome <> 'running')""".formatted(SUMS, Eraser.WASTED)),
            new Rule("hours with wrong sums", """
                    SELECT hour FROM (
                      SELECT hour, model, kind, thread_id, client_id, exchanges AS n, failed, input_tokens AS i,
                        output_tokens AS o, cache_read_tokens AS r, cache_write_5m_tokens AS w5,
                        cache_write_1h_tokens AS w1, cost_exact_nano AS ce, cost_estimated_nano AS cs, unpriced AS u,
                        breaks AS b, lost_nano AS l, saved_nano AS s,
                        wasted_nano AS v
                      FROM rollup
                      UNION ALL
                      SELECT started_at / 3600000, coalesce(model, requested_model, ''), kind, thread_id, client_id,
                        -count(*), -sum(CASE WHEN outcome = 'completed' THEN 0 ELSE 1 END),
                        -coalesce(sum(input_tokens), 0), -coalesce(sum(output_tokens), 0),
                        -coalesce(sum(cache_read_tokens), 0), -coalesce(sum(cache_write_5m_tokens), 0),
                        -coalesce(sum(cache_write_1h_tokens), 0),
                        -coalesce(sum(CASE WHEN cost_certainty = 'exact' THEN cost_nano END), 0),
                        -coalesce(sum(CASE WHEN cost_certainty = 'estimated' THEN cost_nano END), 0),
                        -coalesce(sum(CASE WHEN cost_certainty = 'unpriced' THEN 1 END), 0),
                        -coalesce(sum(CASE WHEN cache_result = 'break' THEN 1 END), 0),
                        -coalesce(sum(lost_nano), 0), -coalesce(sum(saved_nano), 0),
                        -coalesce(sum(%s), 0)
                      FROM exchange WHERE outcome <> 'running' GROUP BY 1, 2, 3, 4, 5) AS both
                    GROUP BY hour, model, kind, thread_id, client_id
                    HAVING sum(n) <> 0 OR sum(failed) <> 0 OR sum(i) <> 0 OR sum(o) <> 0 OR sum(r) <> 0
                      OR sum(w5) <> 0 OR sum(w1) <> 0 OR sum(ce) <> 0 OR sum(cs) <> 0 OR sum(u) <> 0
                      OR sum(b) <> 0 OR sum(l) <> 0 OR sum(s) <> 0 OR sum(v) <> 0""".formatted(Eraser.WASTED)));

    private Consistency() {}

    /** Tells the listener which rules are broken, how often, and by which row first. */
    static void check(Connection connection, CheckListener listener) throws SQLException {
        int done = 0;
        for (Rule rule : RULES) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "WITH broken(row) AS (" + rule.sql() + ") SELECT count(*), min(row) FROM broken")) {
                row.next();
                if (row.getLong(1) > 0) {
                    listener.found(row.getLong(1) + " " + rule.broken() + ", such as " + row.getString(2));
                }
            }
            listener.checked("relations", ++done, RULES.size());
        }
    }

    /** Rows whose {@code key} is the id of no row of {@code target}; nothing is missing where it is null. */
    private static String missing(String table, String key, String target) {
        return "SELECT " + key + " FROM " + table + " WHERE " + key + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                + target + " WHERE " + target + ".id = " + table + "." + key + ")";
    }
}
