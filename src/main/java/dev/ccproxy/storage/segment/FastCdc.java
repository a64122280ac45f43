package dev.ccproxy.storage.segment;

import java.util.function.IntConsumer;

/**
 * Content-defined cuts (FastCDC, USENIX ATC 2016, normalised level 2): the same text is cut at the same places wherever
 * it stands, so that an insertion changes only the piece around it. Pieces of 2 to 32 KiB, 8 KiB on average.
 */
final class FastCdc {

    private static final int LEAST = 2 << 10;
    private static final int USUAL = 8 << 10;
    private static final int MOST = 32 << 10;

    /** Two bits more than log2(8 KiB) before the usual size, two bits less behind it; the hash gathers in its high bits. */
    private static final long STRICT = -1L << (64 - 15);

    private static final long LOOSE = -1L << (64 - 11);

    /** Part of the format: SplitMix64 from 0x9E3779B97F4A7C15. */
    private static final long[] GEAR = gear();

    private FastCdc() {}

    /** Gives every cut within {@code (from, to)}, ascending; not {@code to} itself. */
    static void cut(byte[] array, int from, int to, IntConsumer cuts) {
        int start = from;
        while (to - start > LEAST) {
            int end = next(array, start, to);
            if (end < to) {
                cuts.accept(end);
            }
            start = end;
        }
    }

    private static int next(byte[] array, int start, int to) {
        int usual = (int) Math.min((long) start + USUAL, to);
        int most = (int) Math.min((long) start + MOST, to);
        long hash = 0;
        int i = start + LEAST;
        while (i < usual) {
            hash = (hash << 1) + GEAR[array[i++] & 0xFF];
            if ((hash & STRICT) == 0) {
                return i;
            }
        }
        while (i < most) {
            hash = (hash << 1) + GEAR[array[i++] & 0xFF];
            if ((hash & LOOSE) == 0) {
                return i;
            }
        }
        return most;
    }

    private static long[] gear() {
        long[] gear = new long[256];
        long state = 0x9E37_79B9_7F4A_7C15L;
        for (int i = 0; i < gear.length; i++) {
            state += 0x9E37_79B9_7F4A_7C15L;
            long mixed = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
            gear[i] = mixed ^ (mixed >>> 31);
        }
        return gear;
    }
}
