package dev.ccproxy.recording;

import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.HeldMemory;
import java.util.Arrays;

/**
 * When the pieces of an answer came. Bounded: of an answer in more than 65,536 pieces, or one that comes when the memory
 * for recording is full, the rest is one piece. On one event loop.
 */
final class ArrivalLog {

    private static final int FIRST = 8;
    private static final int MOST = 65_536;
    private static final int ENTRY_BYTES = 16;

    private final HeldMemory held;
    private long[] ends = new long[FIRST];
    private long[] micros = new long[FIRST];
    private int size;

    /** Adds what it needs to {@code held}. */
    ArrivalLog(HeldMemory held) {
        this.held = held;
    }

    /** A piece that ends at that offset on the wire has come. */
    void add(long end, long microsSinceStart) {
        if (size == ends.length && !grow()) {
            size--;
        }
        ends[size] = end;
        micros[size] = microsSinceStart;
        size++;
    }

    /** What was logged. */
    ArrivalTimes finish() {
        return ArrivalTimes.of(ends, micros, size);
    }

    private boolean grow() {
        long more = (long) size * ENTRY_BYTES;
        if (size >= MOST || !held.take(more)) {
            return false;
        }
        ends = Arrays.copyOf(ends, size * 2);
        micros = Arrays.copyOf(micros, size * 2);
        return true;
    }
}
