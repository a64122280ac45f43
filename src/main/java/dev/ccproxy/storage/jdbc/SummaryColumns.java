package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.storage.StoreEvent;
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

    /** What may change, and thread_id in front of it; the columns after response_bytes are no part of a list row. */
    static final String CHANGING = "thread_id, outcome, kind, status, error, stop_reason, model, requested_model, tool,"
            + " tool_count, preview, input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens,"
            + " cache_write_1h_tokens, head_micros, content_micros, duration_micros, request_bytes, response_bytes,"
            + " provider, routed_model, rule, " + FindingColumns.WRITTEN
            + ", request_id, message_id, detail, attempt_group";

    static final int FIXED_COUNT = 4;
    static final int CHANGING_COUNT = 28 + FindingColumns.WRITTEN_COUNT;

    /**
     * A list row, of {@link #FROM}. The joins are outer ones so that every database begins with the exchange, in the order
     * of its index.
     */
    static final String SELECT = "e.public_id, e.started_at, e.method, e.path, e.outcome, e.kind, e.status, e.error,"
            + " e.stop_reason, e.model, e.requested_model, CASE WHEN s.named = 1 THEN s.name END,"
            + " nullif(t.agent_id, ''), t.parent_agent_id, e.tool, e.tool_count, e.preview, e.input_tokens,"
            + " e.output_tokens, e.cache_read_tokens, e.cache_write_5m_tokens, e.cache_write_1h_tokens, e.head_micros,"
            + " e.content_micros, e.duration_micros, e.request_bytes, e.response_bytes,"
            + " e.provider, e.routed_model, e.rule, " + FindingColumns.SELECT;

    /** What belongs to the exchange {@code e}. */
    static final String JOINS = "LEFT JOIN thread t ON t.id = e.thread_id LEFT JOIN session s ON s.id = t.session_id";

    static final String FROM = "exchange e " + JOINS;

    static final int SELECT_COUNT = 30 + FindingColumns.COUNT;

    private SummaryColumns() {}

    /** Returns the number of the parameter behind. */
    static int bindFixed(PreparedStatement statement, int first, ExchangeSummary summary) throws SQLException {
        statement.setBytes(first, Cursor.idBytes(summary.id()));
        statement.setLong(first + 1, summary.at().toEpochMilli());
        statement.setString(first + 2, summary.method());
        statement.setString(first + 3, summary.path());
        return first + FIXED_COUNT;
    }

    /** Returns the number of the parameter behind. */
    static int bindChanging(PreparedStatement statement, int first, PendingExchange exchange, long thread)
            throws SQLException {
        ExchangeSummary summary = exchange.summary();
        StoreEvent.Request request = exchange.request();
        StoreEvent.Ended ended = exchange.ended();
        int column = first;
        statement.setLong(column++, thread);
        statement.setString(column++, summary.outcome().word());
        statement.setString(column++, summary.kind().word());
        statement.setObject(column++, summary.status());
        statement.setString(column++, summary.error());
        statement.setString(column++, summary.stopReason());
        statement.setString(column++, summary.model());
        statement.setString(column++, summary.requestedModel());
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
        statement.setLong(column++, summary.responseBytes());
        RouteTaken route = summary.route();
        statement.setString(column++, route == null ? null : route.provider());
        statement.setString(column++, route == null ? null : route.model());
        statement.setString(column++, route == null ? null : route.rule());
        column = FindingColumns.bind(statement, column, summary.findings());
        statement.setString(column++, ended == null ? null : ended.requestId());
        statement.setString(column++, ended == null ? null : ended.messageId());
        statement.setString(column++, ended == null || ended.detail().isEmpty() ? null : ended.detail());
        statement.setString(column++, request == null ? null : request.attemptGroup());
        return column;
    }

    /** Reads {@link #SELECT} from a row whose first columns it is. */
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
                row.getLong(27),
                route(row),
                FindingColumns.read(row, 31));
    }

    private static @Nullable RouteTaken route(ResultSet row) throws SQLException {
        String provider = row.getString(28);
        return provider == null ? null : new RouteTaken(provider, row.getString(29), row.getString(30), null);
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
