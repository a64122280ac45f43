package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes each distinct content once. For the writer thread. */
final class ContentTable implements AutoCloseable {

    private static final int REMEMBERED = 4_096;

    private final PreparedStatement find;
    private final PreparedStatement insert;
    private final Compressor compressor;
    private final Map<Bytes, Long> recent = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    ContentTable(Connection connection, Compressor compressor) throws SQLException {
        this.compressor = compressor;
        this.find = connection.prepareStatement("SELECT id FROM content WHERE sha256 = ?");
        this.insert =
                connection.prepareStatement("INSERT INTO content(sha256, length, data) VALUES (?, ?, ?) RETURNING id");
    }

    /** The id under which the content is stored, now or before. */
    long idOf(Bytes content, Bytes sha256) throws SQLException {
        Long known = recent.get(sha256);
        if (known != null) {
            return known;
        }
        long id = findOrInsert(content, sha256);
        recent.put(sha256, id);
        return id;
    }

    /** What was remembered may not be in the database: a transaction failed, or rows were deleted. */
    void forget() {
        recent.clear();
    }

    private long findOrInsert(Bytes content, Bytes sha256) throws SQLException {
        byte[] key = sha256.toByteArray();
        find.setBytes(1, key);
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        insert.setBytes(1, key);
        insert.setLong(2, content.length());
        insert.setBytes(3, compressor.compress(content));
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        find.close();
        insert.close();
    }
}
