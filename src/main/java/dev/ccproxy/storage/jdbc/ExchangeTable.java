package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.jdbc.ThreadTable.ThreadRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the narrow rows, and knows those of exchanges that still run. For the writer thread. */
final class ExchangeTable {

    private static final int REMEMBERED = 16_384;
    private static final int MOST_AGENT_CHARS = 256;

    private final long boot;
    private final RowIds rowIds;
    private final ClientTable clients;
    private final ThreadTable threads;
    private final Totals totals;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement find;

    /** Rows of exchanges that still run; what is missing here is looked up. */
    private final Map<ExchangeId, OpenRow> open = new HashMap<>();

    ExchangeTable(Connection connection, long boot, Totals totals) throws SQLException {
        this.boot = boot;
        this.totals = totals;
        this.rowIds = new RowIds(connection, "exchange");
        this.clients = new ClientTable(connection);
        this.threads = new ThreadTable(connection);
        this.insert = connection.prepareStatement("INSERT INTO exchange(" + SummaryColumns.CHANGING + ", "
                + SummaryColumns.FIXED + ", id, boot, client_id, query) VALUES ("
                + marks(SummaryColumns.CHANGING_COUNT + SummaryColumns.FIXED_COUNT + 4) + ")");
        this.update = connection.prepareStatement("UPDATE exchange SET (" + SummaryColumns.CHANGING + ") = ("
                + marks(SummaryColumns.CHANGING_COUNT - 1) + ", coalesce(?, attempt_group)) WHERE id = ?");
        this.find = connection.prepareStatement("""
                SELECT e.id, e.client_id, e.thread_id, t.session_id, coalesce(e.requested_model, '')
                FROM exchange e JOIN thread t ON t.id = e.thread_id WHERE e.public_id = ?""");
    }

    /** The row of an exchange that was stored before; null when there is none. */
    @Nullable
    OpenRow find(ExchangeId id) throws SQLException {
        OpenRow known = open.get(id);
        if (known != null) {
            return known;
        }
        find.setBytes(1, Cursor.idBytes(id));
        try (ResultSet row = find.executeQuery()) {
            return row.next()
                    ? new OpenRow(
                            row.getLong(1),
                            row.getLong(2),
                            new ThreadRow(row.getLong(3), row.getLong(4)),
                            row.getString(5))
                    : null;
        }
    }

    OpenRow insert(PendingExchange exchange, StoreEvent.Begun begun) throws SQLException {
        ExchangeSummary summary = exchange.summary();
        String agent = begun.headers()
                .first("user-agent")
                .map(ExchangeTable::shortened)
                .orElse("");
        ThreadRow thread = threads.of(summary);
        long client = clients.idOf(begun.clientAddress(), agent, Objects.requireNonNullElse(begun.tokenName(), ""));
        OpenRow row = new OpenRow(rowIds.next(), client, thread, OpenRow.modelOf(summary));
        int column = SummaryColumns.bindChanging(insert, 1, exchange, thread.id());
        column = SummaryColumns.bindFixed(insert, column, summary);
        insert.setLong(column++, row.id());
        insert.setLong(column++, boot);
        insert.setLong(column++, row.client());
        insert.setString(column, query(begun.target()));
        insert.executeUpdate();
        totals.begun(row, summary);
        remember(summary.id(), row);
        return row;
    }

    OpenRow update(PendingExchange exchange) throws SQLException {
        ExchangeSummary summary = exchange.summary();
        OpenRow before = Objects.requireNonNull(find(summary.id()), "it was there when its event was taken");
        ThreadRow thread = threads.of(summary);
        OpenRow row = before.as(summary, thread);
        int column = SummaryColumns.bindChanging(update, 1, exchange, thread.id());
        update.setLong(column, row.id());
        update.executeUpdate();
        totals.changed(before, row, summary);
        remember(summary.id(), row);
        return row;
    }

    void ended(OpenRow row, ExchangeSummary summary) {
        open.remove(summary.id());
        totals.ended(row, summary);
    }

    /** What was remembered may not be in the database: a transaction failed, or rows were deleted. */
    void forget() {
        open.clear();
        clients.forget();
        threads.forget();
    }

    private void remember(ExchangeId id, OpenRow row) {
        if (open.size() >= REMEMBERED) {
            open.clear();
        }
        open.put(id, row);
    }

    private static String shortened(String agent) {
        return agent.length() <= MOST_AGENT_CHARS ? agent : agent.substring(0, MOST_AGENT_CHARS);
    }

    private static @Nullable String query(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
