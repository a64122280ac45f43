package dev.ccproxy.storage.segment;

import dev.ccproxy.http.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The segments that one body brought, in one blob: how many, the length of each, then their bytes. A segment that was
 * scrubbed has length 0. Immutable.
 */
public final class Pack {

    private final Bytes bytes;
    private final int firstStart;
    private final int[] ends;

    private Pack(Bytes bytes, int firstStart, int[] ends) {
        this.bytes = bytes;
        this.firstStart = firstStart;
        this.ends = ends;
    }

    /** The blob of these segments, at most {@link SegmentId#MOST_SLOTS}. */
    public static Bytes encode(List<Bytes> segments) {
        if (segments.size() > SegmentId.MOST_SLOTS) {
            throw new IllegalArgumentException(segments.size() + " segments do not fit into a pack");
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream(segments.size() * 2 + 2);
        Varints.write(head, segments.size());
        int length = 0;
        for (Bytes segment : segments) {
            Varints.write(head, segment.length());
            length += segment.length();
        }
        byte[] blob = new byte[head.size() + length];
        System.arraycopy(head.toByteArray(), 0, blob, 0, head.size());
        int at = head.size();
        for (Bytes segment : segments) {
            segment.copyTo(blob, at);
            at += segment.length();
        }
        return Bytes.wrap(blob);
    }

    /**
     * Reads a blob.
     *
     * @throws IllegalArgumentException when it is damaged
     */
    public static Pack decode(byte[] blob) {
        try {
            Varints.Reader reader = new Varints.Reader(blob);
            long count = reader.next();
            if (count < 0 || count > SegmentId.MOST_SLOTS) {
                throw new IllegalArgumentException("a pack of " + count + " segments");
            }
            int[] lengths = new int[(int) count];
            for (int slot = 0; slot < lengths.length; slot++) {
                lengths[slot] = Math.toIntExact(reader.next());
            }
            int firstStart = reader.skip(0);
            int[] ends = new int[lengths.length];
            for (int slot = 0; slot < lengths.length; slot++) {
                ends[slot] = reader.skip(lengths[slot]) + lengths[slot];
            }
            if (!reader.atEnd()) {
                throw new IllegalArgumentException("bytes behind the last segment of a pack");
            }
            return new Pack(Bytes.wrap(blob), firstStart, ends);
        } catch (ArrayIndexOutOfBoundsException | ArithmeticException damaged) {
            throw new IllegalArgumentException("a damaged pack", damaged);
        }
    }

    public int size() {
        return ends.length;
    }

    /**
     * The segment at a place.
     *
     * @throws IllegalArgumentException when the pack has none there
     */
    public Bytes segment(int slot) {
        return segments(slot, 1);
    }

    /**
     * Neighbours, joined.
     *
     * @throws IllegalArgumentException when the pack does not have them all
     */
    public Bytes segments(int first, int count) {
        if (first > ends.length - count) {
            throw new IllegalArgumentException(
                    "a pack of " + ends.length + " segments has no " + count + " at " + first);
        }
        return bytes.slice(first == 0 ? firstStart : ends[first - 1], ends[first + count - 1]);
    }

    /** Bytes that the pack takes in memory, about. */
    public long heldBytes() {
        return bytes.length() + 4L * ends.length;
    }
}
