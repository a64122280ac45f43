package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.segment.SegmentId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Segments that deleted bodies had and that may be needed by no other: their packs, and the places in them. What is still
 * needed is crossed out as it is found, in bodies that are stored and in those that are being written meanwhile. For the
 * writer thread.
 */
final class SegmentCandidates {

    private final Map<Long, BitSet> places = new HashMap<>();

    /** A body with these segments was deleted. */
    void add(long[] segmentIds) {
        for (long id : segmentIds) {
            places.computeIfAbsent(SegmentId.pack(id), _ -> new BitSet()).set(SegmentId.slot(id));
        }
    }

    /** Nothing is known about a pack of so many segments but that some may not be needed. */
    void addAll(long pack, int segments) {
        places.computeIfAbsent(pack, _ -> new BitSet()).set(0, segments);
    }

    /** A body needs these segments. */
    void keep(long[] segmentIds) {
        if (places.isEmpty()) {
            return;
        }
        for (long id : segmentIds) {
            BitSet candidates = places.get(SegmentId.pack(id));
            if (candidates != null) {
                candidates.clear(SegmentId.slot(id));
            }
        }
    }

    Set<Long> packs() {
        return Set.copyOf(places.keySet());
    }

    boolean contains(long pack) {
        return places.containsKey(pack);
    }

    /** Whether a segment of the pack is still a candidate. */
    boolean isOpen(long pack) {
        BitSet candidates = places.get(pack);
        return candidates != null && !candidates.isEmpty();
    }

    /** Takes out what is known of the pack; null when nothing is. */
    @Nullable
    BitSet remove(long pack) {
        return places.remove(pack);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    void clear() {
        places.clear();
    }
}
