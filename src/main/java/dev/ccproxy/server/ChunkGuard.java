package dev.ccproxy.server;

import io.netty.buffer.ByteBuf;

/** Follows the framing of a chunked body (RFC 9112 section 7.1) without touching its data. */
final class ChunkGuard {

    private enum State {
        SIZE,
        DATA,
        DATA_END,
        TRAILER,
        ENDED
    }

    /** A size line with its extensions, or a trailer line. */
    private static final int MAX_LINE_BYTES = 4096;

    private static final int MAX_TRAILER_BYTES = 16 * 1024;
    private static final int MAX_SIZE_DIGITS = 15;

    private State state = State.ENDED;
    private long dataRemaining;
    private int trailerBytes;

    void begin() {
        state = State.SIZE;
        trailerBytes = 0;
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** Gives the index up to which the bytes are complete: the same index when a line must wait for more. */
    int accept(ByteBuf bytes, int from) throws Malformed {
        return switch (state) {
            case SIZE -> size(bytes, from);
            case DATA -> data(bytes, from);
            case DATA_END -> dataEnd(bytes, from);
            case TRAILER -> trailer(bytes, from);
            case ENDED -> throw new IllegalStateException("the chunked body has ended");
        };
    }

    private int size(ByteBuf bytes, int from) throws Malformed {
        int end = line(bytes, from);
        if (end < 0) {
            return from;
        }
        long size = 0;
        int at = from;
        for (int digit; at < end && (digit = Character.digit(bytes.getByte(at), 16)) >= 0; at++) {
            size = size << 4 | digit;
        }
        if (at == from || at - from > MAX_SIZE_DIGITS || (at < end && bytes.getByte(at) != ';')) {
            throw Malformed.head("a bad chunk size", from);
        }
        checkExtensions(bytes, at, end, from);
        dataRemaining = size;
        state = size == 0 ? State.TRAILER : State.DATA;
        return end + 2;
    }

    /** An extension is a name, perhaps with a value: what follows a semicolon is never nothing. */
    private static void checkExtensions(ByteBuf bytes, int from, int end, int blame) throws Malformed {
        for (int at = from; at < end; at++) {
            byte next = at + 1 < end ? bytes.getByte(at + 1) : (byte) ';';
            boolean nothing = bytes.getByte(at) == ';' && next == ';';
            if (nothing || !FieldBytes.isValue(bytes.getByte(at))) {
                throw Malformed.head("a bad chunk extension", blame);
            }
        }
    }

    private int data(ByteBuf bytes, int from) {
        long taken = Math.min(dataRemaining, bytes.writerIndex() - from);
        dataRemaining -= taken;
        if (dataRemaining == 0) {
            state = State.DATA_END;
        }
        return from + (int) taken;
    }

    private int dataEnd(ByteBuf bytes, int from) throws Malformed {
        if (bytes.getByte(from) != '\r') {
            throw Malformed.head("chunk data longer than its size", from);
        }
        if (from + 1 == bytes.writerIndex()) {
            return from;
        }
        if (bytes.getByte(from + 1) != '\n') {
            throw Malformed.head("chunk data that does not end in CR LF", from);
        }
        state = State.SIZE;
        return from + 2;
    }

    private int trailer(ByteBuf bytes, int from) throws Malformed {
        int end = line(bytes, from);
        if (end < 0) {
            return from;
        }
        trailerBytes += end - from + 2;
        if (trailerBytes > MAX_TRAILER_BYTES) {
            throw Malformed.head("too many trailers", from);
        }
        if (end == from) {
            state = State.ENDED;
        } else {
            FieldBytes.checkLine(bytes, from, end, from);
        }
        return end + 2;
    }

    /** Index of the CR that ends the line, or -1 when the line is not whole yet. */
    private static int line(ByteBuf bytes, int from) throws Malformed {
        int lineFeed = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
        if ((lineFeed < 0 ? bytes.writerIndex() : lineFeed) - from > MAX_LINE_BYTES) {
            throw Malformed.head("a chunk line longer than " + MAX_LINE_BYTES + " bytes", from);
        }
        if (lineFeed < 0) {
            return -1;
        }
        if (lineFeed == from || bytes.getByte(lineFeed - 1) != '\r') {
            throw Malformed.head("a chunk line that ends without CR LF", from);
        }
        return lineFeed - 1;
    }
}
