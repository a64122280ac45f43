package dev.ccproxy.storage.segment;

import java.io.ByteArrayOutputStream;

/** Unsigned LEB128 numbers, the only number form inside the store's own blobs: {@code 300} is {@code AC 02}. */
public final class Varints {

    private Varints() {}

    /** Appends a number; one that is negative takes ten bytes. */
    public static void write(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** As {@link #write}, for numbers around zero: 0, -1, 1, -2 become 0, 1, 2, 3. */
    static void writeSigned(ByteArrayOutputStream out, long value) {
        write(out, (value << 1) ^ (value >> 63));
    }

    /** Reads numbers one after the other. For one thread. */
    public static final class Reader {
        private final byte[] bytes;
        private int position;

        /** Starts at the first byte. */
        public Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        public boolean atEnd() {
            return position == bytes.length;
        }

        /** The next number; throws {@link ArrayIndexOutOfBoundsException} past the end. */
        public long next() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte b = bytes[position++];
                value |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new ArrayIndexOutOfBoundsException("a number that does not end");
        }

        long nextSigned() {
            long value = next();
            return (value >>> 1) ^ -(value & 1);
        }

        /** The position of the next {@code length} bytes, which are skipped. */
        public int skip(int length) {
            int at = position;
            if (length < 0 || length > bytes.length - position) {
                throw new ArrayIndexOutOfBoundsException(length);
            }
            position += length;
            return at;
        }
    }
}
