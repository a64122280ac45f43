package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the keyframes of threads that no body is coded against any more. A thread's bodies are looked through from the
 * newest, some at a time and only until every keyframe was met; what bodies are coded against that are written meanwhile is
 * crossed out as they come. In slices; for the writer thread.
 */
final class KeyframeSweep {

    private static final int BODIES_AT_ONCE = 256;

    private final Condemned condemned;
    private final ArrayDeque<Long> threads;
    private @Nullable Long thread;
    private long beforeRow;

    KeyframeSweep(Condemned condemned, Set<Long> threads) {
        this.condemned = condemned;
        this.threads = new ArrayDeque<>(threads);
    }

    boolean done() {
        return thread == null && threads.isEmpty();
    }

    /** Works until the deadline, on the clock of {@link System#nanoTime}. True when keyframes were deleted. */
    boolean slice(Connection connection, long deadlineNanos) throws SQLException {
        boolean deleted = false;
        while (!done() && System.nanoTime() < deadlineNanos) {
            Long current = thread;
            if (current == null) {
                begin(connection, threads.remove());
            } else if (condemned.keyframes().isEmpty() || !lookThrough(connection, current)) {
                deleted |= end(connection);
            }
        }
        return deleted;
    }

    private void begin(Connection connection, long next) throws SQLException {
        thread = next;
        beforeRow = Long.MAX_VALUE;
        condemned.keyframes().clear();
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM keyframe WHERE thread_id = ?")) {
            select.setLong(1, next);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    condemned.keyframes().add(row.getLong(1));
                }
            }
        }
    }

    /** False when there is no further body. */
    private boolean lookThrough(Connection connection, long current) throws SQLException {
        int bodies = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT e.id, l.keyframe_id
                FROM (SELECT id FROM exchange WHERE thread_id = ? AND id < ? ORDER BY id DESC LIMIT ?) AS e
                LEFT JOIN request_leg l ON l.id > e.id * 8 AND l.id < e.id * 8 + 8 ORDER BY e.id DESC""")) {
            select.setLong(1, current);
            select.setLong(2, beforeRow);
            select.setInt(3, BODIES_AT_ONCE);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    bodies++;
                    beforeRow = row.getLong(1);
                    condemned.keyframes().remove(row.getLong(2));
                }
            }
        }
        return bodies == BODIES_AT_ONCE;
    }

    private boolean end(Connection connection) throws SQLException {
        thread = null;
        boolean deleted = !condemned.keyframes().isEmpty();
        try (Statement statement = connection.createStatement()) {
            for (long keyframe : condemned.keyframes()) {
                statement.executeUpdate("DELETE FROM keyframe WHERE id = " + keyframe);
            }
        }
        condemned.keyframes().clear();
        return deleted;
    }
}
