package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.segment.SegmentId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What deleted bodies had and no other may need: segments, by their packs and the places in them, and keyframes. What is
 * still needed is crossed out as it is found, in bodies that are stored and in those that are being written meanwhile.
 * Whoever adds segments stops when it is full. For the writer thread.
 */
final class Condemned {

    /** Heap bytes of an entry of the map beside the words of its set. */
    private static final int ENTRY_BYTES = 144;

    private final Map<Long, BitSet> places = new HashMap<>();
    private final Set<Long> keyframes = new HashSet<>();
    private final long mostBytes;
    private long heldBytes;

    /** Is full when it holds about {@code mostBytes} of heap. */
    Condemned(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A body with these segments was deleted. */
    void add(long[] segmentIds) {
        for (long id : segmentIds) {
            addAll(SegmentId.pack(id), SegmentId.slot(id), SegmentId.slot(id) + 1);
        }
    }

    /** Nothing is known about a pack of so many segments but that some may not be needed. */
    void addAll(long pack, int segments) {
        addAll(pack, 0, segments);
    }

    private void addAll(long pack, int from, int to) {
        BitSet candidates = places.get(pack);
        if (candidates == null) {
            candidates = new BitSet();
            places.put(pack, candidates);
            heldBytes += ENTRY_BYTES;
        } else {
            heldBytes -= bytes(candidates);
        }
        candidates.set(from, to);
        heldBytes += bytes(candidates);
    }

    /** The keyframes of the thread that is being looked at. */
    Set<Long> keyframes() {
        return keyframes;
    }

    /** A body is held so, and needs these segments. */
    void keep(BodyTable.Held held, long[] segmentIds) {
        if (held.keyframe() != null) {
            keyframes.remove(held.keyframe());
        }
        keep(segmentIds);
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

    /** Whether it is time to sweep. */
    boolean isFull() {
        return heldBytes >= mostBytes;
    }

    /** Takes out what is known of the pack; null when nothing is. */
    @Nullable
    BitSet remove(long pack) {
        BitSet removed = places.remove(pack);
        if (removed != null) {
            heldBytes -= ENTRY_BYTES + bytes(removed);
        }
        return removed;
    }

    /** What was worked on failed: the queue in the database still knows the packs. */
    void forget() {
        places.clear();
        keyframes.clear();
        heldBytes = 0;
    }

    private static long bytes(BitSet set) {
        return set.size() / Byte.SIZE;
    }
}
