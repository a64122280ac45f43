package dev.ccproxy.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * An immutable run of bytes, usually a view of a larger array, such as {@code data: {"type":"ping"}\n}.
 *
 * <p>Safe to share between threads as long as nobody writes to the array behind {@link #wrap}.
 */
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** A view without a copy: the caller promises never to write to {@code array} again. */
    public static Bytes wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Bytes(array, offset, length);
    }

    /** A view of the whole array without a copy: the caller promises never to write to it again. */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /** All of these, one behind the other. */
    public static Bytes joined(List<Bytes> pieces) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        byte[] all = new byte[pieces.stream().mapToInt(Bytes::length).sum()];
        int end = 0;
        for (Bytes piece : pieces) {
            piece.copyTo(all, end);
            end += piece.length();
        }
        return Bytes.wrap(all);
    }

    /** A view of {@code [from, to)} without a copy. */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return new Bytes(array, offset + from, to - from);
    }

    /** The array behind this view: read only, and only {@code [arrayOffset(), arrayOffset() + length())}. */
    public byte[] array() {
        return array;
    }

    public int arrayOffset() {
        return offset;
    }

    public void copyTo(byte[] target, int position) {
        System.arraycopy(array, offset, target, position, length);
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** A read-only buffer over the same bytes. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).asReadOnlyBuffer();
    }

    /** The bytes read as UTF-8; what is malformed becomes U+FFFD. */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        return asByteBuffer().hashCode();
    }

    /** The length only: bodies never reach a log by accident. */
    @Override
    public String toString() {
        return "Bytes[" + length + "]";
    }
}
