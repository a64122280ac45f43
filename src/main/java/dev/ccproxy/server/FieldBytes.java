package dev.ccproxy.server;

import dev.ccproxy.http.TokenBytes;
import io.netty.buffer.ByteBuf;

/** Which bytes may stand where in a head: RFC 9110 section 5.6.2 (tokens) and 5.5 (field values). */
final class FieldBytes {

    private FieldBytes() {}

    static boolean isToken(byte b) {
        return TokenBytes.contains(b);
    }

    /** Visible ASCII, blank, tab, and the bytes above ASCII that old senders use. */
    static boolean isValue(byte b) {
        return (b >= 0x20 && b != 0x7f) || b == '\t' || b < 0;
    }

    static boolean isTarget(byte b) {
        return b > 0x20 && b < 0x7f;
    }

    /**
     * Checks one header or trailer line without its line end; gives the index of its colon.
     *
     * @param blame index that the error names as the end of what was well-formed
     */
    static int checkLine(ByteBuf bytes, int from, int end, int blame) throws Malformed {
        if (bytes.getByte(from) == ' ' || bytes.getByte(from) == '\t') {
            throw Malformed.head("a folded header line", blame);
        }
        int colon = from;
        while (colon < end && isToken(bytes.getByte(colon))) {
            colon++;
        }
        if (colon == from || colon == end || bytes.getByte(colon) != ':') {
            throw Malformed.head("a header line without a proper name", blame);
        }
        for (int i = colon + 1; i < end; i++) {
            if (!isValue(bytes.getByte(i))) {
                throw Malformed.head("a control byte in a header value", blame);
            }
        }
        return colon;
    }
}
