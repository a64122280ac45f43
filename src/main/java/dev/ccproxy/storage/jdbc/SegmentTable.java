package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.segment.SegmentId;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Knows each segment by the first 128 bits of its SHA-256: nobody can make a segment that passes for another's, and a
 * chance collision would be noticed by the body's own hash. For the writer thread.
 */
final class SegmentTable {

    private static final int HASH_BYTES = 16;

    private final PreparedStatement insert;
    private final PreparedStatement find;
    private final PreparedStatement delete;
    private final MessageDigest sha256 = Sha256.digest();
    private final byte[] hash = new byte[32];
    private final ByteBuffer hashLongs = ByteBuffer.wrap(hash);
    private final RecentKeys recent;

    /** Remembers what is in {@code recent}. */
    SegmentTable(Connection connection, RecentKeys recent) throws SQLException {
        this.recent = recent;
        this.insert =
                connection.prepareStatement("INSERT INTO segment(hash, id) VALUES (?, ?) ON CONFLICT(hash) DO NOTHING");
        this.find = connection.prepareStatement("SELECT id FROM segment WHERE hash = ?");
        this.delete = connection.prepareStatement("DELETE FROM segment WHERE hash = ? AND id = ?");
    }

    /** The id under which the segment is known already; else the proposed one, which it has from now on. */
    long idOf(Bytes segment, long proposed) throws SQLException {
        hash(segment);
        long high = hashLongs.getLong(0);
        long low = hashLongs.getLong(8);
        long known = recent.find(high, low);
        if (known == RecentKeys.NONE) {
            known = insertOrFind(proposed);
            recent.put(high, low, known);
        }
        return known;
    }

    /** Forgets a segment that is being deleted. */
    void delete(Bytes segment, long pack, int slot) throws SQLException {
        hash(segment);
        delete.setBytes(1, key());
        delete.setLong(2, SegmentId.of(pack, slot));
        delete.executeUpdate();
    }

    /** What was remembered may not be in the database: a transaction failed, or rows were deleted. */
    void forget() {
        recent.clear();
    }

    /** Most segments that are not remembered are new: one statement for them, a second one for the others. */
    private long insertOrFind(long proposed) throws SQLException {
        byte[] key = key();
        insert.setBytes(1, key);
        insert.setLong(2, proposed);
        if (insert.executeUpdate() > 0) {
            return proposed;
        }
        find.setBytes(1, key);
        try (ResultSet row = find.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("a segment that is there cannot be found");
            }
            return row.getLong(1);
        }
    }

    private void hash(Bytes segment) {
        sha256.update(segment.array(), segment.arrayOffset(), segment.length());
        try {
            sha256.digest(hash, 0, hash.length);
        } catch (DigestException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private byte[] key() {
        byte[] key = new byte[HASH_BYTES];
        System.arraycopy(hash, 0, key, 0, HASH_BYTES);
        return key;
    }
}
