package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.segment.Pack;
import dev.ccproxy.storage.segment.SegmentId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads packs, and keeps decoded those that were read last: stepping through a session reads the same ones again and
 * again. Safe for all threads.
 */
final class PackCache {

    /** A pack is full above 4 MiB, with a last segment of at most 1 MiB; and the lengths in front. */
    static final int MOST_DECODED_BYTES = PackWriter.MOST_PACK_BYTES + (2 << 20);

    private static final long MOST_HELD_BYTES = 32 << 20;

    /** Read from the database at a time. */
    private static final long WINDOW_BYTES = 4 << 20;

    private final ReadConnections connections;
    private final Dictionaries dictionaries;
    private final LinkedHashMap<Long, Pack> packs = new LinkedHashMap<>(64, 0.75f, true);
    private long heldBytes;
    private int generation;

    PackCache(ReadConnections connections, Dictionaries dictionaries) {
        this.connections = connections;
        this.dictionaries = dictionaries;
    }

    /**
     * The packs of the segments from {@code from} on, as many as are read at a time: at least the first.
     *
     * @throws IllegalArgumentException when one is damaged or missing
     */
    Map<Long, Pack> window(long[] segmentIds, int from) {
        Map<Long, Pack> window = new HashMap<>();
        Set<Long> missing = new LinkedHashSet<>();
        int asked;
        synchronized (packs) {
            asked = generation;
            for (int i = from; i < segmentIds.length; i++) {
                long id = SegmentId.pack(segmentIds[i]);
                Pack pack = packs.get(id);
                if (pack == null) {
                    missing.add(id);
                } else {
                    window.put(id, pack);
                }
            }
        }
        if (!missing.isEmpty()) {
            try (Decompressor decompressor = new Decompressor(dictionaries)) {
                read(missing).forEach((id, data) -> {
                    Pack pack = Pack.decode(decompressor.decompress(data, MOST_DECODED_BYTES));
                    window.put(id, pack);
                    keep(id, pack, asked);
                });
            }
        }
        return window;
    }

    /** In one short transaction; decompressing comes after it. */
    private Map<Long, byte[]> read(Set<Long> ids) {
        return connections.read(connection -> read(connection, ids));
    }

    private static Map<Long, byte[]> read(Connection connection, Set<Long> ids) throws SQLException {
        Map<Long, byte[]> blobs = new LinkedHashMap<>();
        long bytes = 0;
        try (PreparedStatement select = connection.prepareStatement("SELECT length, data FROM pack WHERE id = ?")) {
            Iterator<Long> next = ids.iterator();
            while (next.hasNext() && bytes < WINDOW_BYTES) {
                long id = next.next();
                select.setLong(1, id);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalArgumentException("pack " + id + " is missing");
                    }
                    bytes += row.getLong(1);
                    blobs.put(id, row.getBytes(2));
                }
            }
        }
        return blobs;
    }

    /** The ids may mean other packs from now on: the database was begun anew. */
    void forget() {
        synchronized (packs) {
            generation++;
            packs.clear();
            heldBytes = 0;
        }
    }

    private void keep(long id, Pack pack, int asked) {
        synchronized (packs) {
            if (asked != generation) {
                return;
            }
            Pack before = packs.put(id, pack);
            heldBytes += pack.heldBytes() - (before == null ? 0 : before.heldBytes());
            Iterator<Pack> eldest = packs.values().iterator();
            while (heldBytes > MOST_HELD_BYTES && eldest.hasNext()) {
                heldBytes -= eldest.next().heldBytes();
                eldest.remove();
            }
        }
    }
}
