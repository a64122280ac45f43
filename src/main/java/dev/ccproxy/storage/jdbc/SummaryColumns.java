package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Usage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The columns of a list row, in one order for writing and reading. */
final class SummaryColumns {

    /** What never changes after the exchange began. */
    static final String FIXED = "public_id, started_at, method, path";

    static final String CHANGING = "outcome, kind, status, error, stop_reason, model, requested_model, session_id,"
            + " agent_id, parent_agent_id, tool, tool_count, preview, input_tokens, output_tokens, cache_read_tokens,"
            + " cache_write_5m_tokens, cache_write_1h_tokens, head_micros, content_micros, duration_micros,"
            + " request_bytes, response_bytes";

    static final String ALL = FIXED + ", " + CHANGING;
    static final int FIXED_COUNT = 4;
    static final int CHANGING_COUNT = 23;

    private SummaryColumns() {}

    static void bindFixed(PreparedStatement statement, int first, ExchangeSummary summary) throws SQLException {
        statement.setBytes(first, Cursor.idBytes(summary.id()));
        statement.setLong(first + 1, summary.at().toEpochMilli());
        statement.setString(first + 2, summary.method());
        statement.setString(first + 3, summary.path());
    }

    static void bindChanging(PreparedStatement statement, int first, ExchangeSummary summary) throws SQLException {
        int column = first;
        statement.setString(column++, summary.outcome().word());
        statement.setString(column++, summary.kind().word());
        statement.setObject(column++, summary.status());
        statement.setString(column++, summary.error());
        statement.setString(column++, summary.stopReason());
        statement.setString(column++, summary.model());
        statement.setString(column++, summary.requestedModel());
        statement.setString(column++, summary.sessionId());
        statement.setString(column++, summary.agentId());
        statement.setString(column++, summary.parentAgentId());
        statement.setString(column++, summary.tool());
        statement.setInt(column++, summary.toolCount());
        statement.setString(column++, summary.preview());
        Usage usage = summary.usage();
        statement.setObject(column++, usage == null ? null : usage.input());
        statement.setObject(column++, usage == null ? null : usage.output());
        statement.setObject(column++, usage == null ? null : usage.cacheRead());
        statement.setObject(column++, usage == null ? null : usage.cacheWrite5m());
        statement.setObject(column++, usage == null ? null : usage.cacheWrite1h());
        statement.setObject(column++, micros(summary.timeToHead()));
        statement.setObject(column++, micros(summary.timeToFirstContent()));
        statement.setObject(column++, micros(summary.duration()));
        statement.setLong(column++, summary.requestBytes());
        statement.setLong(column, summary.responseBytes());
    }

    /** Reads {@link #ALL} from a row whose first column it is. */
    static ExchangeSummary read(ResultSet row) throws SQLException {
        return new ExchangeSummary(
                Cursor.idOf(row.getBytes(1)),
                Instant.ofEpochMilli(row.getLong(2)),
                Outcome.ofWord(row.getString(5)),
                Kind.ofWord(row.getString(6)),
                row.getString(3),
                row.getString(4),
                integer(row, 7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getInt(16),
                row.getString(17),
                usage(row),
                duration(row, 23),
                duration(row, 24),
                duration(row, 25),
                row.getLong(26),
                row.getLong(27));
    }

    private static @Nullable Usage usage(ResultSet row) throws SQLException {
        long input = row.getLong(18);
        return row.wasNull()
                ? null
                : new Usage(input, row.getLong(19), row.getLong(20), row.getLong(21), row.getLong(22));
    }

    private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / 1_000;
    }

    private static @Nullable Duration duration(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : Duration.of(micros, ChronoUnit.MICROS);
    }
}
