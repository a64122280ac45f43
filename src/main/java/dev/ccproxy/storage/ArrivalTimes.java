package dev.ccproxy.storage;

import java.util.Arrays;

/**
 * When each piece of an answer's body was read from the upstream: for piece {@code i} the microseconds since the exchange
 * began, and the offset in the stored body up to which it could be read then (after content decoding where the body is
 * held decoded). Immutable.
 */
public final class ArrivalTimes {

    public static final ArrivalTimes NONE = new ArrivalTimes(new long[0], new long[0]);

    private final long[] ends;
    private final long[] micros;

    private ArrivalTimes(long[] ends, long[] micros) {
        this.ends = ends;
        this.micros = micros;
    }

    /** Both arrays are copied; they must be of one length and ascend. */
    public static ArrivalTimes of(long[] ends, long[] micros) {
        if (ends.length != micros.length) {
            throw new IllegalArgumentException(ends.length + " ends, " + micros.length + " times");
        }
        return new ArrivalTimes(ends.clone(), micros.clone());
    }

    /** The first {@code size} entries of both arrays are copied; they must ascend. */
    public static ArrivalTimes of(long[] ends, long[] micros, int size) {
        return new ArrivalTimes(Arrays.copyOf(ends, size), Arrays.copyOf(micros, size));
    }

    public int size() {
        return ends.length;
    }

    public long end(int piece) {
        return ends[piece];
    }

    public long micros(int piece) {
        return micros[piece];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrivalTimes that
                && Arrays.equals(ends, that.ends)
                && Arrays.equals(micros, that.micros);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ends) + Arrays.hashCode(micros);
    }

    @Override
    public String toString() {
        return "ArrivalTimes[" + ends.length + "]";
    }
}
