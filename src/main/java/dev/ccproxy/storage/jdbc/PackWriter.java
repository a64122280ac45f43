package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.segment.Pack;
import dev.ccproxy.storage.segment.SegmentId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Gathers the segments that a body brings and writes them together. For the writer thread. */
final class PackWriter {

    /** A pack is read whole, and compressed whole. */
    static final int MOST_PACK_BYTES = 4 << 20;

    private final PreparedStatement insert;
    private final RowIds rowIds;
    private final Compressor compressor;
    private final List<Bytes> segments = new ArrayList<>();
    private long pack;
    private int bytes;

    PackWriter(Connection connection, Compressor compressor) throws SQLException {
        this.rowIds = new RowIds(connection, "pack");
        this.compressor = compressor;
        this.insert =
                connection.prepareStatement("INSERT INTO pack(id, exchange_id, length, data) VALUES (?, ?, ?, ?)");
        this.pack = rowIds.next();
    }

    /** The id that the next segment gets when it is added. */
    long nextId() {
        return SegmentId.of(pack, segments.size());
    }

    void add(Bytes segment, long exchangeRow) throws SQLException {
        segments.add(segment);
        bytes += segment.length();
        if (bytes >= MOST_PACK_BYTES || segments.size() == SegmentId.MOST_SLOTS) {
            finish(exchangeRow);
        }
    }

    /** Writes what was added since the last time. */
    void finish(long exchangeRow) throws SQLException {
        if (segments.isEmpty()) {
            return;
        }
        insert.setLong(1, pack);
        insert.setLong(2, exchangeRow);
        insert.setLong(3, bytes);
        insert.setBytes(4, compressor.compress(Pack.encode(segments)));
        insert.executeUpdate();
        forget();
    }

    /** The segments are written, or never will be: the transaction failed. */
    void forget() {
        if (!segments.isEmpty()) {
            segments.clear();
            bytes = 0;
            pack = rowIds.next();
        }
    }
}
