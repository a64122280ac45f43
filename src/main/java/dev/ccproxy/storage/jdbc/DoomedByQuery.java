package dev.ccproxy.storage.jdbc;

import dev.ccproxy.query.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Exchanges that a query means and that were there when the deletion began. */
final class DoomedByQuery implements Doomed {

    /** Rows looked at for each that may be given: a query that fits few must not hold the writer up. */
    private static final int LOOKED_AT = 10;

    private final Query query;
    private final Dialect dialect;
    private long last = -1;
    private long after;

    DoomedByQuery(Query query, Dialect dialect) {
        this.query = query;
        this.dialect = dialect;
    }

    @Override
    public Part next(Connection connection, int most) throws SQLException {
        if (last < 0) {
            last = lastRow(connection);
        }
        long to = to(connection, most * LOOKED_AT);
        QueryCondition condition = QueryCondition.of(query, dialect);
        Sql sql = new Sql("SELECT e.id FROM " + SummaryColumns.FROM);
        sql.add(" WHERE e.id > ? AND e.id <= ? AND e.outcome <> 'running'", after, to);
        sql.add(" AND " + condition.sql(), condition.parameters().toArray());
        sql.add(" ORDER BY e.id LIMIT ?", most);
        List<Long> rows = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(row.getLong(1));
            }
        }
        after = rows.size() == most ? rows.getLast() : to;
        return new Part(rows, after >= last);
    }

    private static long lastRow(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT coalesce(max(id), 0) FROM exchange");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The last row of those that are looked at now. */
    private long to(Connection connection, int rows) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM exchange WHERE id > ? AND id <= ? ORDER BY id LIMIT 1 OFFSET ?")) {
            select.setLong(1, after);
            select.setLong(2, last);
            select.setInt(3, rows - 1);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : last;
            }
        }
    }
}
