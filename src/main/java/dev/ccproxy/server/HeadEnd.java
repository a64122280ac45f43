package dev.ccproxy.server;

import io.netty.buffer.ByteBuf;

/**
 * Finds the empty line that ends a request head, looking at each byte once however few arrive at a time. For one
 * connection, on its event loop.
 */
final class HeadEnd {

    /** Counted from the first byte of the head, which may move between two reads: what was looked at already. */
    private int seen;

    /** Counted likewise: where the line begins whose end is looked for. */
    private int lineStart;

    private boolean begun;

    /**
     * Index behind the empty line, or -1 when it is not there yet; the next call goes on where this one stopped. Bare
     * line feeds count as ends; empty lines before the first line do not.
     */
    int find(ByteBuf bytes, int from) {
        while (true) {
            int lineFeed = bytes.indexOf(from + seen, bytes.writerIndex(), (byte) '\n');
            if (lineFeed < 0) {
                seen = bytes.writerIndex() - from;
                return -1;
            }
            int length = lineFeed - from - lineStart;
            boolean emptyLine = length == 1 && bytes.getByte(lineFeed - 1) == '\r';
            if (length == 0 || (emptyLine && begun)) {
                reset();
                return lineFeed + 1;
            }
            begun |= !emptyLine;
            seen = lineFeed + 1 - from;
            lineStart = seen;
        }
    }

    /** Refuses early what can never become a request line, so that a stranger's protocol is not held for more bytes. */
    void checkStart(ByteBuf bytes, int from) throws Malformed {
        int at = from + lineStart;
        if (!begun && at < bytes.writerIndex() && bytes.getByte(at) != '\r' && !FieldBytes.isToken(bytes.getByte(at))) {
            throw Malformed.head("no request method", from);
        }
    }

    private void reset() {
        seen = 0;
        lineStart = 0;
        begun = false;
    }
}
