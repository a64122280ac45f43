package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The oldest exchanges that began before a moment, but for those of starred sessions. */
final class DoomedByAge implements Doomed {

    private static final String HAS_BODY = " AND (EXISTS (SELECT 1 FROM request_leg l WHERE l.id > e.id * 8"
            + " AND l.id < e.id * 8 + 8 AND l.manifest IS NOT NULL) OR EXISTS (SELECT 1 FROM response_leg l"
            + " WHERE l.id > e.id * 8 AND l.id < e.id * 8 + 8 AND l.data IS NOT NULL))";

    private final long beforeMillis;
    private final String condition;
    private long left;
    private Cursor after = Cursor.FIRST;

    private DoomedByAge(long beforeMillis, long most, String condition) {
        this.beforeMillis = beforeMillis;
        this.condition = condition;
        this.left = most;
    }

    /** So many of them at most. */
    DoomedByAge(long beforeMillis, long most) {
        this(beforeMillis, most, "");
    }

    /** Those of them that still have a body. */
    DoomedByAge(long beforeMillis) {
        this(beforeMillis, Long.MAX_VALUE, HAS_BODY);
    }

    @Override
    public Part next(Connection connection, int most) throws SQLException {
        int looked = 0;
        List<Long> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT e.started_at, e.public_id, e.id,"
                + " CASE WHEN e.outcome <> 'running' AND s.starred = 0" + condition + " THEN 1 ELSE 0 END"
                + " FROM exchange e JOIN thread t ON t.id = e.thread_id JOIN session s ON s.id = t.session_id"
                + " WHERE e.started_at < ? AND (e.started_at, e.public_id) > (?, ?)"
                + " ORDER BY e.started_at, e.public_id LIMIT ?")) {
            select.setLong(1, beforeMillis);
            select.setLong(2, after.startedAtMillis());
            select.setBytes(3, Cursor.idBytes(after.id()));
            select.setInt(4, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && rows.size() < left) {
                    looked++;
                    after = new Cursor(row.getLong(1), Cursor.idOf(row.getBytes(2)));
                    if (row.getInt(4) == 1) {
                        rows.add(row.getLong(3));
                    }
                }
            }
        }
        left -= rows.size();
        return new Part(rows, looked < most || left <= 0);
    }
}
