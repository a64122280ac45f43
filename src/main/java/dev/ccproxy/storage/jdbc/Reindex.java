package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.Rederivation;
import dev.ccproxy.storage.Rederivation.Rederived;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.StoredExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Works out anew what is derived of all exchanges that have ended, a slice after the other; what was recorded is only read.
 * Where it is cut off, running it again makes up for it.
 */
final class Reindex {

    private static final int SLICE = 100;

    private static final List<String> CLEAR = List.of(
            "DELETE FROM turn",
            "DELETE FROM agent_call",
            "DELETE FROM prompt_version",
            "DELETE FROM rollup_tool",
            "DELETE FROM rollup_first_content",
            "UPDATE exchange SET turn = NULL, calls_print = NULL, tools = NULL WHERE outcome <> 'running'",
            "UPDATE thread SET agent_name = NULL, name_source = NULL, call_id = NULL",
            "UPDATE session SET title = NULL, titled = 0, project = NULL, history = NULL, forked_from = NULL,"
                    + " fork_messages = NULL");

    private static final String SUMS =
            "coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), coalesce(sum(cache_read_tokens), 0)";
    private static final String FINDINGS =
            "coalesce(sum(CASE WHEN cost_certainty = 'estimated' THEN cost_nano END), 0),"
                    + " coalesce(sum(CASE WHEN cost_certainty = 'unpriced' THEN 1 END), 0),"
                    + " coalesce(sum(CASE WHEN cache_result = 'break' THEN 1 END), 0), coalesce(sum(lost_nano), 0),"
                    + " coalesce(sum(saved_nano), 0), coalesce(sum(" + Eraser.WASTED + "), 0)";
    private static final String FAILED = "coalesce(sum(CASE WHEN outcome = 'completed' THEN 0 ELSE 1 END), 0)";

    private static final List<String> SUM_UP = List.of(
            "DELETE FROM rollup",
            "INSERT INTO rollup(hour, model, kind, thread_id, client_id, exchanges, failed, input_tokens, output_tokens,"
                    + " cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, cost_exact_nano,"
                    + " cost_estimated_nano, unpriced, breaks, lost_nano, saved_nano, wasted_nano)"
                    + " SELECT started_at / 3600000, coalesce(model, requested_model, ''), kind, thread_id, client_id,"
                    + " count(*), " + FAILED + ", " + SUMS + ", coalesce(sum(cache_write_5m_tokens), 0),"
                    + " coalesce(sum(cache_write_1h_tokens), 0),"
                    + " coalesce(sum(CASE WHEN cost_certainty = 'exact' THEN cost_nano END), 0), " + FINDINGS
                    + " FROM exchange WHERE outcome <> 'running' GROUP BY 1, 2, 3, 4, 5",
            "UPDATE thread SET (input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, failed, cost_nano,"
                    + " cost_estimated_nano, unpriced, breaks, lost_nano, saved_nano, wasted_nano) = (SELECT " + SUMS
                    + ", coalesce(sum(cache_write_5m_tokens + cache_write_1h_tokens), 0), " + FAILED
                    + ", coalesce(sum(cost_nano), 0), " + FINDINGS
                    + " FROM exchange WHERE thread_id = thread.id AND outcome <> 'running')",
            "DELETE FROM model_count",
            "INSERT INTO model_count(model, exchanges) SELECT coalesce(requested_model, ''), count(*) FROM exchange"
                    + " GROUP BY 1");

    private static final String UPDATE =
            "UPDATE exchange SET (kind, stop_reason, model, requested_model, tool, tool_count,"
                    + " preview, input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, "
                    + FindingColumns.WRITTEN + ", attempt_group) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
                    + ", ?".repeat(FindingColumns.WRITTEN_COUNT) + ", coalesce(?, attempt_group)) WHERE id = ?";

    /** Runs a change in the writer's transaction. */
    @FunctionalInterface
    interface Changes {
        boolean make(Edit.Change change) throws InterruptedException;
    }

    private final ReadConnections connections;
    private final ExchangeReader reader;
    private final Changes changes;

    Reindex(ReadConnections connections, ExchangeReader reader, Changes changes) {
        this.connections = connections;
        this.reader = reader;
        this.changes = changes;
    }

    private record Found(OpenRow row, ExchangeId id) {}

    private record Again(OpenRow row, Rederived rederived) {}

    /** Returns how many exchanges there were; tells {@code progress} so far. */
    long run(Rederivation rederivation, LongConsumer progress) throws InterruptedException {
        changes.make(session -> execute(session.connection(), CLEAR));
        long done = 0;
        List<Found> slice = next(0);
        while (!slice.isEmpty()) {
            List<Again> again = new ArrayList<>(slice.size());
            for (Found found : slice) {
                Rederived rederived = rederived(found.id(), rederivation);
                if (rederived != null) {
                    again.add(new Again(found.row(), rederived));
                }
            }
            changes.make(session -> write(session, again));
            done += slice.size();
            progress.accept(done);
            slice = next(slice.getLast().row().id());
        }
        changes.make(session -> execute(session.connection(), SUM_UP));
        return done;
    }

    private List<Found> next(long after) {
        Sql sql = new Sql("SELECT e.id, e.client_id, e.thread_id, t.session_id, coalesce(e.requested_model, ''),"
                + " e.public_id FROM exchange e JOIN thread t ON t.id = e.thread_id"
                + " WHERE e.id > ? AND e.outcome <> 'running' ORDER BY e.id LIMIT ?");
        sql.with(after).with(SLICE);
        return connections.read(connection -> Rows.list(
                connection,
                sql,
                row -> new Found(
                        new OpenRow(
                                row.getLong(1),
                                row.getLong(2),
                                new ThreadTable.ThreadRow(row.getLong(3), row.getLong(4)),
                                row.getString(5)),
                        Cursor.idOf(row.getBytes(6)))));
    }

    private @Nullable Rederived rederived(ExchangeId id, Rederivation rederivation) throws InterruptedException {
        Optional<StoredExchange> exchange = reader.find(id);
        return exchange.isEmpty()
                ? null
                : rederivation.of(
                        exchange.get(),
                        bytes(exchange.get().requestBody(), reader.requestBody(id)),
                        isEncoded(exchange.get().responseBody())
                                ? null
                                : bytes(exchange.get().responseBody(), reader.responseBody(id)));
    }

    private static boolean isEncoded(@Nullable BodyFacts facts) {
        return facts == null
                || switch (facts.state()) {
                    case DECODED -> false;
                    case EXACT -> facts.encoding() != null && !facts.encoding().equalsIgnoreCase("identity");
                    case RAW, DROPPED -> true;
                };
    }

    private static @Nullable Bytes bytes(@Nullable BodyFacts facts, Optional<StoredBody> body)
            throws InterruptedException {
        if (facts == null || body.isEmpty() || facts.storedLength() > Integer.MAX_VALUE / 2) {
            return null;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream((int) facts.storedLength());
        try {
            body.get().source().sendTo(piece -> whole.write(piece.array(), piece.arrayOffset(), piece.length()));
        } catch (IOException | StoreException unreadable) {
            // It is understood as it was before.
            return null;
        }
        return Bytes.wrap(whole.toByteArray());
    }

    private static boolean write(WriteSession session, List<Again> slice) throws SQLException {
        try (PreparedStatement update = session.connection().prepareStatement(UPDATE)) {
            for (Again again : slice) {
                bind(update, again);
                update.executeUpdate();
            }
        }
        for (Again again : slice) {
            ExchangeSummary summary = again.rederived().summary();
            session.sessions().write(again.row(), summary, again.rederived().asked());
            session.sessions().write(again.row(), summary, again.rederived().ended());
            session.firstContents().ended(summary);
        }
        return true;
    }

    private static void bind(PreparedStatement update, Again again) throws SQLException {
        ExchangeSummary summary = again.rederived().summary();
        Usage usage = summary.usage();
        int column = 1;
        update.setString(column++, summary.kind().word());
        update.setString(column++, summary.stopReason());
        update.setString(column++, summary.model());
        update.setString(column++, summary.requestedModel());
        update.setString(column++, summary.tool());
        update.setInt(column++, summary.toolCount());
        update.setString(column++, summary.preview());
        update.setObject(column++, usage == null ? null : usage.input());
        update.setObject(column++, usage == null ? null : usage.output());
        update.setObject(column++, usage == null ? null : usage.cacheRead());
        update.setObject(column++, usage == null ? null : usage.cacheWrite5m());
        update.setObject(column++, usage == null ? null : usage.cacheWrite1h());
        column = FindingColumns.bind(update, column, summary.findings());
        update.setString(column++, again.rederived().group());
        update.setLong(column, again.row().id());
    }

    private static boolean execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
        return true;
    }
}
