package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.storage.segment.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lanes that were busy lately, bounded in bytes; the others begin anew at their keyframe. For the writer thread. */
final class Lanes {

    private record LaneKey(long thread, Kind kind) {}

    private final long mostBytes;
    private final PreparedStatement latestKeyframe;
    private final Map<LaneKey, Lane> lanes = new LinkedHashMap<>(64, 0.75f, true);
    private long heldBytes;

    /** Holds bodies of up to {@code mostBytes} together. */
    Lanes(Connection connection, long mostBytes) throws SQLException {
        this.mostBytes = mostBytes;
        this.latestKeyframe = connection.prepareStatement(
                "SELECT id, manifest FROM keyframe WHERE thread_id = ? ORDER BY id DESC LIMIT 1");
    }

    Lane of(long thread, Kind kind) throws SQLException {
        LaneKey key = new LaneKey(thread, kind);
        Lane lane = lanes.get(key);
        if (lane == null) {
            lane = new Lane(latestKeyframe(thread));
            lanes.put(key, lane);
            heldBytes += lane.heldBytes();
        }
        return lane;
    }

    /** The body that the next one is compared with, unless it is too long to be kept. */
    void remember(Lane lane, Lane.Last last) {
        if (last.body().length() > mostBytes / 2) {
            return;
        }
        heldBytes -= lane.heldBytes();
        lane.last(last);
        heldBytes += lane.heldBytes();
        Iterator<Lane> eldest = lanes.values().iterator();
        while (heldBytes > mostBytes && eldest.hasNext()) {
            heldBytes -= eldest.next().heldBytes();
            eldest.remove();
        }
    }

    void begin(Lane lane, Lane.Keyframe keyframe) {
        heldBytes -= lane.heldBytes();
        lane.keyframe(keyframe);
        heldBytes += lane.heldBytes();
    }

    /** What was remembered may not be in the database: a transaction failed, or rows were deleted. */
    void forget() {
        lanes.clear();
        heldBytes = 0;
    }

    private Lane.@Nullable Keyframe latestKeyframe(long thread) throws SQLException {
        latestKeyframe.setLong(1, thread);
        try (ResultSet row = latestKeyframe.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            byte[] manifest = row.getBytes(2);
            try {
                return new Lane.Keyframe(row.getLong(1), Manifest.decode(manifest, new long[0]), manifest.length);
            } catch (IllegalArgumentException damaged) {
                // Its bodies are lost; the next ones must not be coded against it.
                return null;
            }
        }
    }
}
