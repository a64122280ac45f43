package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.query.Query;
import dev.ccproxy.storage.ExchangePage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of the exchanges that a query means, newest first. Looks at the rows in slices, each with a short transaction of its
 * own, until the page is full or its time is over; so a page of a rare kind comes soon, with what was found till then and a
 * cursor where to go on. Safe for all threads.
 */
final class FilteredList {

    private final ReadConnections connections;
    private final Dialect dialect;
    private final int sliceRows;
    private final long mostNanos;

    /**
     * Over these connections.
     *
     * @param sliceRows rows looked at in one transaction
     * @param most after which no further slice is begun
     */
    FilteredList(ReadConnections connections, Dialect dialect, int sliceRows, Duration most) {
        this.connections = connections;
        this.dialect = dialect;
        this.sliceRows = sliceRows;
        this.mostNanos = most.toNanos();
    }

    /** Throws {@link IllegalArgumentException} for a cursor that no page gave out. */
    ExchangePage page(Query query, int limit, @Nullable String cursor) {
        long begun = System.nanoTime();
        TimeBounds bounds = TimeBounds.of(query);
        Cursor position = cursor == null ? null : Cursor.parse(cursor);
        List<ExchangeSummary> items = new ArrayList<>();
        while (true) {
            Slice slice = slice(query, bounds, position, limit - items.size());
            items.addAll(slice.rows());
            position = slice.end();
            if (position == null || items.size() == limit || System.nanoTime() - begun > mostNanos) {
                return new ExchangePage(items, position == null ? null : position.text());
            }
        }
    }

    /**
     * What was found among some rows.
     *
     * @param end the last row that was looked at; null when there is none behind it
     */
    private record Slice(
            List<ExchangeSummary> rows, @Nullable Cursor end) {}

    private Slice slice(Query query, TimeBounds bounds, @Nullable Cursor after, int limit) {
        return connections.read(connection -> {
            Cursor floor = floor(connection, bounds, after);
            List<ExchangeSummary> rows = rows(connection, query, bounds, after, floor, limit);
            if (rows.size() <= limit) {
                return new Slice(rows, floor);
            }
            ExchangeSummary last = rows.get(limit - 1);
            return new Slice(rows.subList(0, limit), new Cursor(last.at().toEpochMilli(), last.id()));
        });
    }

    /** The last row of the slice; null when it is the last slice. Reads nothing but the index. */
    private @Nullable Cursor floor(Connection connection, TimeBounds bounds, @Nullable Cursor after)
            throws SQLException {
        Sql sql = new Sql("SELECT e.started_at, e.public_id FROM exchange e WHERE TRUE");
        range(sql, bounds, after);
        sql.add(" ORDER BY e.started_at DESC, e.public_id DESC LIMIT 2 OFFSET ?", sliceRows - 1);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            Cursor floor = new Cursor(row.getLong(1), Cursor.idOf(row.getBytes(2)));
            return row.next() ? floor : null;
        }
    }

    private List<ExchangeSummary> rows(
            Connection connection,
            Query query,
            TimeBounds bounds,
            @Nullable Cursor after,
            @Nullable Cursor floor,
            int limit)
            throws SQLException {
        QueryCondition condition = QueryCondition.of(query, dialect);
        Sql sql = new Sql("SELECT " + SummaryColumns.SELECT + " FROM " + SummaryColumns.FROM + " WHERE TRUE");
        range(sql, bounds, after);
        if (floor != null) {
            sql.add(" AND (e.started_at, e.public_id) >= (?, ?)", floor.startedAtMillis(), Cursor.idBytes(floor.id()));
        }
        sql.add(" AND " + condition.sql(), condition.parameters().toArray());
        // One more than asked for tells whether the page ends within the slice.
        sql.add(" ORDER BY e.started_at DESC, e.public_id DESC LIMIT ?", limit + 1);
        List<ExchangeSummary> rows = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(SummaryColumns.read(row));
            }
        }
        return rows;
    }

    private static void range(Sql sql, TimeBounds bounds, @Nullable Cursor after) {
        if (after != null) {
            sql.add(" AND (e.started_at, e.public_id) < (?, ?)", after.startedAtMillis(), Cursor.idBytes(after.id()));
        }
        sql.add(" AND e.started_at BETWEEN ? AND ?", bounds.fromMillis(), bounds.toMillis());
    }
}
