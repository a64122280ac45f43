package dev.ccproxy.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes at about the speed of memory. */
public final class ByteSearch {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /**
     * The index of the first of two bytes in {@code [from, to)}, or {@code to} when neither is there.
     *
     * <p>Eight bytes at a time: {@code (x - 1) & ~x & 0x80} is not zero in the lowest byte of x that is zero (Bit
     * Twiddling Hacks, "determine if a word has a zero byte"), and x is zero where the word equals what is looked for.
     */
    public static int either(byte[] array, int from, int to, char one, char other) {
        long ones = ONES * one;
        long others = ONES * other;
        int i = from;
        while (i + Long.BYTES <= to) {
            long word = (long) EIGHT_BYTES.get(array, i);
            long first = word ^ ones;
            long second = word ^ others;
            long hits = (((first - ONES) & ~first) | ((second - ONES) & ~second)) & HIGHS;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            i += Long.BYTES;
        }
        while (i < to && array[i] != one && array[i] != other) {
            i++;
        }
        return i;
    }
}
