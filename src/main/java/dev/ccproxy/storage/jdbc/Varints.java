package dev.ccproxy.storage.jdbc;

import java.io.ByteArrayOutputStream;

/** Unsigned LEB128 numbers, the only number form inside the store's own blobs: {@code 300} is {@code AC 02}. */
final class Varints {

    private Varints() {}

    static void write(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** Reads numbers one after the other. For one thread. */
    static final class Reader {
        private final byte[] bytes;
        private int position;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean atEnd() {
            return position == bytes.length;
        }

        /** Throws {@link ArrayIndexOutOfBoundsException} past the end. */
        long next() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = bytes[position++];
                value |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }

        /** The position of the next {@code length} bytes, which are skipped. */
        int skip(int length) {
            int at = position;
            if (length < 0 || length > bytes.length - position) {
                throw new ArrayIndexOutOfBoundsException(length);
            }
            position += length;
            return at;
        }
    }
}
