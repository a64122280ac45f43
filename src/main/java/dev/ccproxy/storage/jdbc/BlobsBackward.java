package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Blobs of one table from the newest to the oldest, some at a time, each time in a short transaction. For one thread.
 */
final class BlobsBackward {

    /** Held at a time, but for one blob more. */
    private static final int HELD_BYTES = 256 << 10;

    /** Which rows: a table and its id, and what follows {@code SELECT id, exchange, data}. */
    interface Rows {

        /** A statement for the greatest id below that one. */
        Sql greatestBelow(long below);

        /** How many ids are looked at in one transaction. */
        long sliceIds();

        /** Rows with ids between two, both included, the greatest first: id, exchange row, blob. */
        Sql between(long from, long to);
    }

    /** A row. */
    record Blob(long id, long exchangeRow, Bytes data) {}

    private final ReadConnections connections;
    private final Rows rows;
    private final ArrayDeque<Blob> held = new ArrayDeque<>();

    /** Rows from here on were read. */
    private long read;

    private boolean ended;

    BlobsBackward(ReadConnections connections, Rows rows, long below) {
        this.connections = connections;
        this.rows = rows;
        this.read = below;
    }

    /** The newest that was not taken; null when there is none left, or none was read yet. */
    @Nullable
    Blob peek() {
        return held.peek();
    }

    void take() {
        held.remove();
    }

    /** Whether {@link #peek} tells what comes next: else {@link #readOn} must be called again. */
    boolean ready() {
        return ended || !held.isEmpty();
    }

    /** Everything from here on was taken. */
    long position() {
        Blob next = held.peek();
        return next == null ? read : next.id() + 1;
    }

    /** Reads on, within one short transaction; what is not {@link #ready} afterwards lies further back. */
    void readOn() {
        connections.<@Nullable Void>read(connection -> {
            long greatest = greatest(connection);
            if (greatest < 0) {
                ended = true;
            } else {
                read(connection, Math.max(0, greatest - rows.sliceIds()), greatest);
            }
            return null;
        });
    }

    private long greatest(Connection connection) throws SQLException {
        try (PreparedStatement select = rows.greatestBelow(read).prepare(connection);
                ResultSet row = select.executeQuery()) {
            long greatest = row.next() ? row.getLong(1) : -1;
            return row.wasNull() ? -1 : greatest;
        }
    }

    private void read(Connection connection, long from, long to) throws SQLException {
        int bytes = 0;
        read = from;
        try (PreparedStatement select = rows.between(from, to).prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Blob blob = new Blob(row.getLong(1), row.getLong(2), Bytes.wrap(row.getBytes(3)));
                held.add(blob);
                bytes += blob.data().length();
                if (bytes >= HELD_BYTES) {
                    read = blob.id();
                    return;
                }
            }
        }
    }
}
