package dev.ccproxy.storage.segment;

/**
 * Where a segment is stored: the number of its pack and its place in it, in one {@code long} ({@code pack << 16 | slot}),
 * of which a body has hundreds.
 */
public final class SegmentId {

    /** Places in one pack. */
    public static final int MOST_SLOTS = 1 << 16;

    /** The last number a pack can have. */
    static final long MOST_PACK = (1L << 47) - 1;

    private SegmentId() {}

    public static long of(long pack, int slot) {
        if (slot < 0 || slot >= MOST_SLOTS) {
            throw new IllegalArgumentException("a pack has no slot " + slot);
        }
        return pack << 16 | slot;
    }

    public static long pack(long id) {
        return id >>> 16;
    }

    public static int slot(long id) {
        return (int) (id & 0xFFFF);
    }
}
