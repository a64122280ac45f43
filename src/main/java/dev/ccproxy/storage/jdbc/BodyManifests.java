package dev.ccproxy.storage.jdbc;

import dev.ccproxy.recent.RecentMap;
import dev.ccproxy.storage.segment.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads which segments bodies have; the lists that they are coded against are read once. For one thread, one piece of work. */
final class BodyManifests implements AutoCloseable {

    private static final int REMEMBERED = 64;
    private static final long[] NONE = {};

    private final PreparedStatement select;
    private final RecentMap<Long, long[]> keyframes = new RecentMap<>(REMEMBERED);

    BodyManifests(Connection connection) throws SQLException {
        this.select = connection.prepareStatement("SELECT manifest FROM keyframe WHERE id = ?");
    }

    /**
     * The segments of a body; none where the manifest cannot be read, which is the loss of that body only.
     *
     * @param manifest null where no body is held
     */
    long[] segments(byte @Nullable [] manifest, @Nullable Long keyframe) throws SQLException {
        if (manifest == null) {
            return NONE;
        }
        try {
            return Manifest.decode(manifest, keyframe == null ? NONE : keyframe(keyframe));
        } catch (IllegalArgumentException damaged) {
            return NONE;
        }
    }

    private long[] keyframe(long id) throws SQLException {
        long[] known = keyframes.get(id);
        if (known == null) {
            known = read(id);
            keyframes.put(id, known);
        }
        return known;
    }

    private long[] read(long id) throws SQLException {
        select.setLong(1, id);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Manifest.decode(row.getBytes(1), NONE) : NONE;
        }
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
