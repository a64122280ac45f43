package dev.ccproxy.sse;

import dev.ccproxy.http.ByteSearch;
import dev.ccproxy.http.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads an event stream chunk by chunk, by the rules of the WHATWG standard (section 9.2.6, "interpreting an event
 * stream"): a BOM at the start is passed over, lines end with CR, LF or CRLF, comments and unknown fields are ignored, an
 * {@code id} with NUL is ignored, an event without its final empty line is discarded. Chunks may be torn anywhere, within
 * a character too; any split gives the same events.
 *
 * <p>Works on bytes; the data of an event that lies within one chunk is a view of it. Holds at most about twice
 * {@code maxEventBytes}: the data of an event that is longer is dropped, and the event marked
 * {@link SseEvent#oversized}. For one thread.
 */
public final class SseParser {

    /** Bytes that hold a byte order mark and a field's name. */
    private static final int FIELD_START = 16;

    private final int maxEventBytes;
    private final Consumer<SseEvent> sink;

    /** Bytes of the stream in the chunks before the one that is being read. */
    private long streamed;

    private boolean firstLine = true;
    /** The chunk before ended with CR: an LF at the start of the next belongs to it. */
    private boolean afterReturn;

    /** The start of a line whose end has not arrived. */
    private byte[] line = new byte[256];

    private int lineLength;
    private boolean lineTooLong;

    private String type = "";
    private String id = "";
    private OptionalLong retryMillis = OptionalLong.empty();
    private boolean hasData;
    private boolean oversized;
    private Bytes data = Bytes.EMPTY;
    /** Where {@code data} is when it is not a view of a chunk. */
    private byte[] joined = new byte[0];

    private int joinedLength;
    private long offset = -1;

    /**
     * A parser that gives its events to {@code sink} as it meets them.
     *
     * @param maxEventBytes limit of one line and of the data of one event, such as 16 MiB
     */
    public SseParser(int maxEventBytes, Consumer<SseEvent> sink) {
        this.maxEventBytes = maxEventBytes;
        this.sink = sink;
    }

    /** Takes the next piece of the stream; its bytes must never change afterwards. */
    public void feed(Bytes chunk) {
        byte[] array = chunk.array();
        int at = chunk.arrayOffset();
        int end = at + chunk.length();
        long base = streamed - at;
        while (at < end) {
            if (afterReturn) {
                afterReturn = false;
                if (array[at] == '\n') {
                    at++;
                    continue;
                }
            }
            int stop = ByteSearch.either(array, at, end, '\n', '\r');
            if (offset < 0) {
                offset = base + at;
            }
            if (stop == end) {
                keep(array, at, end);
                break;
            }
            endLine(array, at, stop, base + stop + 1);
            afterReturn = array[stop] == '\r';
            at = stop + 1;
        }
        streamed += chunk.length();
    }

    /** Whether anything was fed behind the last empty line; the end of the stream discards it. */
    public boolean unfinished() {
        return offset >= 0;
    }

    /** The last valid {@code retry} field: how long a client should wait before it connects again. */
    public OptionalLong retryMillis() {
        return retryMillis;
    }

    private void keep(byte[] array, int from, int to) {
        int length = to - from;
        if (lineTooLong || length > maxEventBytes - lineLength) {
            keepStart(array, from, length);
            lineTooLong = true;
            return;
        }
        if (line.length < lineLength + length) {
            line = Arrays.copyOf(line, Math.max(lineLength + length, line.length * 2));
        }
        System.arraycopy(array, from, line, lineLength, length);
        lineLength += length;
    }

    private void endLine(byte[] array, int from, int to, long endOffset) {
        if (lineLength == 0 && !lineTooLong && to - from <= maxEventBytes) {
            line(array, from, to, endOffset);
            return;
        }
        keep(array, from, to);
        if (lineTooLong) {
            tooLong();
        } else {
            byte[] whole = line;
            int length = lineLength;
            // The data of the event may become a view of this array.
            line = new byte[256];
            line(whole, 0, length, endOffset);
        }
        lineLength = 0;
        lineTooLong = false;
    }

    /** Of a line over the limit, enough to tell what field it is. */
    private void keepStart(byte[] array, int from, int length) {
        int more = Math.min(length, FIELD_START - lineLength);
        if (more > 0) {
            System.arraycopy(array, from, line, lineLength, more);
            lineLength += more;
        }
    }

    private void tooLong() {
        int from = afterMark(line, 0, lineLength);
        if (startsWith(line, from, lineLength, "data:")) {
            hasData = true;
            oversized = true;
            data = Bytes.EMPTY;
        }
        line = new byte[256];
    }

    /** Behind the byte order mark that the stream may start with. */
    private int afterMark(byte[] array, int from, int end) {
        boolean mark = firstLine
                && end - from >= 3
                && array[from] == (byte) 0xEF
                && array[from + 1] == (byte) 0xBB
                && array[from + 2] == (byte) 0xBF;
        firstLine = false;
        return mark ? from + 3 : from;
    }

    private void line(byte[] array, int start, int end, long endOffset) {
        int from = afterMark(array, start, end);
        if (from == end) {
            dispatch(endOffset);
            return;
        }
        int colon = from;
        while (colon < end && array[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, end);
        if (value < end && array[value] == ' ') {
            value++;
        }
        field(array, from, colon, value, end);
    }

    private void field(byte[] array, int from, int colon, int value, int end) {
        if (is(array, from, colon, "data")) {
            data(array, value, end);
        } else if (is(array, from, colon, "event")) {
            type = new String(array, value, end - value, StandardCharsets.UTF_8);
        } else if (is(array, from, colon, "id")) {
            String candidate = new String(array, value, end - value, StandardCharsets.UTF_8);
            if (candidate.indexOf('\0') < 0) {
                id = candidate;
            }
        } else if (is(array, from, colon, "retry")) {
            retry(array, value, end);
        }
    }

    private void data(byte[] array, int from, int to) {
        if (!hasData) {
            hasData = true;
            data = Bytes.wrap(array, from, to - from);
            return;
        }
        int length = data.length() + 1 + to - from;
        if (oversized || length > maxEventBytes) {
            oversized = true;
            data = Bytes.EMPTY;
            joined = new byte[0];
            return;
        }
        if (joinedLength != data.length() || joined.length < length) {
            byte[] larger = new byte[Math.max(length, Math.min(maxEventBytes, data.length() * 2))];
            data.copyTo(larger, 0);
            joined = larger;
        }
        joined[data.length()] = '\n';
        System.arraycopy(array, from, joined, data.length() + 1, to - from);
        joinedLength = length;
        data = Bytes.wrap(joined, 0, length);
    }

    private void retry(byte[] array, int from, int to) {
        if (from == to || to - from > 18) {
            return;
        }
        long millis = 0;
        for (int i = from; i < to; i++) {
            if (array[i] < '0' || array[i] > '9') {
                return;
            }
            millis = millis * 10 + array[i] - '0';
        }
        retryMillis = OptionalLong.of(millis);
    }

    private void dispatch(long endOffset) {
        if (hasData) {
            sink.accept(new SseEvent(
                    type.isEmpty() ? "message" : type,
                    oversized ? Bytes.EMPTY : data,
                    id,
                    oversized,
                    offset,
                    endOffset));
        }
        type = "";
        hasData = false;
        oversized = false;
        data = Bytes.EMPTY;
        joined = new byte[0];
        joinedLength = 0;
        offset = -1;
    }

    private static boolean is(byte[] array, int from, int to, String name) {
        return to - from == name.length() && startsWith(array, from, to, name);
    }

    private static boolean startsWith(byte[] array, int from, int to, String name) {
        if (to - from < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (array[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
