package dev.ccproxy.server;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The framing that a well-formed request head declares (RFC 9112 sections 3, 5 and 6).
 *
 * @param contentLength bytes of the body; 0 where none is declared
 */
record RequestHead(long contentLength, boolean chunked) {

    /** Longer than any body and short enough not to overflow. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private static final byte[] VERSION_1_1 = "HTTP/1.1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION_1_0 = "HTTP/1.0".getBytes(StandardCharsets.US_ASCII);

    /** An empty line or two before a request is what robust servers forgive (RFC 9112 section 2.2). */
    private static int skipEmptyLines(ByteBuf bytes, int from) {
        int at = from;
        while (at + 1 < bytes.writerIndex() && bytes.getByte(at) == '\r' && bytes.getByte(at + 1) == '\n') {
            at += 2;
        }
        return at;
    }

    /** Checks every byte of a complete head. */
    static RequestHead check(ByteBuf bytes, int from, int end) throws Malformed {
        int start = skipEmptyLines(bytes, from);
        int lineEnd = lineEnd(bytes, start, from);
        boolean oldVersion = checkRequestLine(bytes, start, lineEnd, from);
        Fields fields = new Fields(oldVersion, from);
        for (int at = lineEnd + 2; at < end - 2; at = lineEnd + 2) {
            lineEnd = lineEnd(bytes, at, from);
            int colon = FieldBytes.checkLine(bytes, at, lineEnd, from);
            fields.take(bytes, at, colon, lineEnd);
        }
        if (bytes.getByte(end - 2) != '\r') {
            throw Malformed.head("a line that ends without CR LF", from);
        }
        return fields.framing();
    }

    private static int lineEnd(ByteBuf bytes, int from, int blame) throws Malformed {
        int lineFeed = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
        if (lineFeed <= from || bytes.getByte(lineFeed - 1) != '\r') {
            throw Malformed.head("a line that ends without CR LF", blame);
        }
        return lineFeed - 1;
    }

    private static boolean checkRequestLine(ByteBuf bytes, int from, int end, int blame) throws Malformed {
        int at = from;
        while (at < end && FieldBytes.isToken(bytes.getByte(at))) {
            at++;
        }
        if (at == from || at == end || bytes.getByte(at) != ' ') {
            throw Malformed.head("no proper request method", blame);
        }
        int target = ++at;
        while (at < end && FieldBytes.isTarget(bytes.getByte(at))) {
            at++;
        }
        if (at == target || at == end || bytes.getByte(at) != ' ') {
            throw Malformed.head("a request target with blanks, control or non-ASCII bytes", blame);
        }
        if (is(bytes, at + 1, end, VERSION_1_1)) {
            return false;
        }
        if (is(bytes, at + 1, end, VERSION_1_0)) {
            return true;
        }
        throw Malformed.head("a version other than HTTP/1.1 or HTTP/1.0", blame);
    }

    private static boolean is(ByteBuf bytes, int from, int end, byte[] word) {
        if (end - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (bytes.getByte(from + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** What the header lines say about host and framing. */
    private static final class Fields {
        private final boolean oldVersion;
        private final int blame;
        private int hosts;
        private long contentLength = -1;
        private boolean chunked;

        Fields(boolean oldVersion, int blame) {
            this.oldVersion = oldVersion;
            this.blame = blame;
        }

        void take(ByteBuf bytes, int name, int colon, int end) throws Malformed {
            switch (colon - name) {
                case 4 -> {
                    if (named(bytes, name, colon, "host")) {
                        hosts++;
                    }
                }
                case 14 -> {
                    if (named(bytes, name, colon, "content-length")) {
                        contentLength(value(bytes, colon, end));
                    }
                }
                case 17 -> {
                    if (named(bytes, name, colon, "transfer-encoding")) {
                        transferEncoding(value(bytes, colon, end));
                    }
                }
                default -> {}
            }
        }

        private void contentLength(String value) throws Malformed {
            boolean digits = !value.isEmpty()
                    && value.length() <= MAX_LENGTH_DIGITS
                    && value.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || contentLength >= 0) {
                throw Malformed.head("a Content-Length that is not one decimal number", blame);
            }
            contentLength = Long.parseLong(value);
        }

        private void transferEncoding(String value) throws Malformed {
            if (chunked || oldVersion || !value.equalsIgnoreCase("chunked")) {
                throw Malformed.head("a Transfer-Encoding other than chunked", blame);
            }
            chunked = true;
        }

        RequestHead framing() throws Malformed {
            if (hosts > 1 || (hosts == 0 && !oldVersion)) {
                throw Malformed.head("not exactly one Host header", blame);
            }
            if (chunked && contentLength >= 0) {
                throw Malformed.head("both Content-Length and Transfer-Encoding", blame);
            }
            return new RequestHead(Math.max(0, contentLength), chunked);
        }

        private static boolean named(ByteBuf bytes, int from, int end, String name) {
            return bytes.toString(from, end - from, StandardCharsets.US_ASCII)
                    .toLowerCase(Locale.ROOT)
                    .equals(name);
        }

        /** Without the blanks and tabs around it. */
        private static String value(ByteBuf bytes, int colon, int end) {
            return bytes.toString(colon + 1, end - colon - 1, StandardCharsets.ISO_8859_1)
                    .strip();
        }
    }
}
