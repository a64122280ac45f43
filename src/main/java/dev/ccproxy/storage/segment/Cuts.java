package dev.ccproxy.storage.segment;

import java.util.Arrays;

/**
 * Where a body is cut: the ends of its segments, ascending, the last being its length. Immutable to everyone but the
 * {@link Segmenter} that fills it.
 */
public final class Cuts {

    /** A segment's place in its pack has 16 bits: behind this many, what is left is cut coarsely. */
    private static final int MOST_FINE = 60_000;

    static final int MOST_BYTES = 1 << 20;

    /** A body of {@link #MOST_FINE} segments and two gibibytes behind them. */
    static final int MOST_SEGMENTS = 1 << 16;

    private int[] ends = new int[64];
    private int size;

    /** Indexes of cuts at which cutting can be resumed, and where the brace stands that makes each of them certain. */
    private int[] resumable = new int[16];

    private int[] certainAt = new int[16];
    private int resumableSize;

    Cuts() {}

    /** How many segments there are. */
    public int size() {
        return size;
    }

    /** Where a segment begins. */
    public int start(int segment) {
        return segment == 0 ? 0 : ends[segment - 1];
    }

    /** Behind its last byte. */
    public int end(int segment) {
        return ends[segment];
    }

    int lastEnd() {
        return size == 0 ? 0 : ends[size - 1];
    }

    /** A cut at or before the one before it is none. */
    void add(int end) {
        int last = lastEnd();
        if (end <= last) {
            return;
        }
        while (end - last > MOST_BYTES) {
            last += MOST_BYTES;
            append(last);
        }
        if (size < MOST_FINE) {
            append(end);
        }
    }

    /** The end of the body, which is a cut in any case. */
    void finish(int length) {
        int last = lastEnd();
        while (length - last > MOST_BYTES) {
            last += MOST_BYTES;
            append(last);
        }
        if (length > last) {
            append(length);
        }
    }

    /** Cutting can begin anew at the last cut, given that the byte at {@code certainAt} and all before it are the same. */
    void resumableAt(int certainIndex) {
        if (resumableSize > 0 && resumable[resumableSize - 1] == size - 1) {
            return;
        }
        if (resumableSize == resumable.length) {
            resumable = Arrays.copyOf(resumable, resumableSize * 2);
            certainAt = Arrays.copyOf(certainAt, resumableSize * 2);
        }
        resumable[resumableSize] = size - 1;
        certainAt[resumableSize] = certainIndex;
        resumableSize++;
    }

    /** The cuts that hold for every body which shares its first {@code common} bytes with this one's. */
    Cuts sharedBy(int common) {
        int shared = resumableSize;
        while (shared > 0 && certainAt[shared - 1] >= common) {
            shared--;
        }
        Cuts same = new Cuts();
        if (shared > 0) {
            same.size = resumable[shared - 1] + 1;
            same.ends = Arrays.copyOf(ends, same.size + 64);
            same.resumable = Arrays.copyOf(resumable, shared + 16);
            same.certainAt = Arrays.copyOf(certainAt, shared + 16);
            same.resumableSize = shared;
        }
        return same;
    }

    private void append(int end) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
        }
        ends[size++] = end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cuts that && Arrays.equals(ends, 0, size, that.ends, 0, that.size);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(Arrays.copyOf(ends, size));
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(ends, size));
    }
}
