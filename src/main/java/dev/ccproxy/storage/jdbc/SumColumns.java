package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.Sums;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Sums in one order, over exchanges and over what is kept of them. */
final class SumColumns {

    static final int COUNT = 13;

    /** Over exchanges {@code e}; running ones are counted, and have used nothing yet. */
    static final String OF_EXCHANGES =
            "count(*), sum(CASE WHEN e.outcome IN ('completed', 'running') THEN 0 ELSE 1 END),"
                    + " coalesce(sum(e.input_tokens), 0), coalesce(sum(e.cache_read_tokens), 0),"
                    + " coalesce(sum(e.cache_write_5m_tokens + e.cache_write_1h_tokens), 0), coalesce(sum(e.output_tokens), 0),"
                    + " coalesce(sum(CASE WHEN e.cost_certainty = 'exact' THEN e.cost_nano END), 0),"
                    + " coalesce(sum(CASE WHEN e.cost_certainty = 'estimated' THEN e.cost_nano END), 0),"
                    + " coalesce(sum(CASE WHEN e.cost_certainty = 'unpriced' THEN 1 END), 0),"
                    + " coalesce(sum(CASE WHEN e.cache_result = 'break' THEN 1 END), 0), coalesce(sum(e.lost_nano), 0),"
                    + " coalesce(sum(e.saved_nano), 0), coalesce(sum(CASE WHEN e.waste IS NULL THEN e.lost_nano"
                    + " ELSE e.cost_nano END), 0)";

    /** Over threads {@code t}. */
    static final String OF_THREADS = "sum(t.exchanges), sum(t.failed), sum(t.input_tokens), sum(t.cache_read_tokens),"
            + " sum(t.cache_write_tokens), sum(t.output_tokens), sum(t.cost_nano - t.cost_estimated_nano),"
            + " sum(t.cost_estimated_nano), sum(t.unpriced), sum(t.breaks), sum(t.lost_nano), sum(t.saved_nano),"
            + " sum(t.wasted_nano)";

    /** Over roll-ups {@code r}. */
    static final String OF_ROLLUPS = "sum(r.exchanges), sum(r.failed), sum(r.input_tokens), sum(r.cache_read_tokens),"
            + " sum(r.cache_write_5m_tokens + r.cache_write_1h_tokens), sum(r.output_tokens), sum(r.cost_exact_nano),"
            + " sum(r.cost_estimated_nano), sum(r.unpriced), sum(r.breaks), sum(r.lost_nano), sum(r.saved_nano),"
            + " sum(r.wasted_nano)";

    private SumColumns() {}

    /** Reads either from that column on. */
    static Sums read(ResultSet row, int first) throws SQLException {
        return new Sums(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6),
                row.getLong(first + 7),
                row.getLong(first + 8),
                row.getLong(first + 9),
                row.getLong(first + 10),
                row.getLong(first + 11),
                row.getLong(first + 12));
    }
}
