package dev.ccproxy.search;

import dev.ccproxy.http.ByteSearch;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a streamed answer says, put together from its pieces: a word is torn over several events, so that the stream itself
 * cannot be searched. Reads the deltas of text, thinking and tool input as the API sends them at about the speed of
 * memory, and in any other spelling too, slower. For one answer and one thread.
 */
public final class AnswerText {

    private static final byte[] DATA = ascii("data:");
    private static final List<byte[]> BEGINNINGS =
            List.of(DATA, ascii("event:"), ascii("id:"), ascii(":"), ascii("retry:"));
    private static final byte[] DELTA = ascii(" {\"type\":\"content_block_delta\",\"index\":");
    private static final byte[] TEXT = ascii(",\"delta\":{\"type\":\"text_delta\",\"text\":\"");
    private static final byte[] INPUT = ascii(",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"");
    private static final byte[] THINKING = ascii(",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"");

    private enum Piece {
        TEXT("text", "text"),
        INPUT("partial_json", "input"),
        THINKING("thinking", "thinking");

        private final String member;
        private final String place;

        Piece(String member, String place) {
            this.member = member;
            this.place = place;
        }
    }

    /**
     * A run of what belongs together.
     *
     * @param path in the message, such as {@code content[0].text}; of an event, {@code events[3]}
     * @param json whether the bytes are a JSON text, not the inside of a string
     */
    public record Part(String path, boolean json, Bytes bytes) {}

    private record Begun(long index, Piece piece, int from) {}

    private final byte[] array;
    private final int end;
    private final List<Part> parts = new ArrayList<>();

    private byte[] joined;
    private int length;
    private @Nullable Begun begun;
    private int events;

    private AnswerText(Bytes stream) {
        this.array = stream.array();
        this.end = stream.arrayOffset() + stream.length();
        this.joined = new byte[Math.max(1 << 10, stream.length() / 8)];
        read(stream.arrayOffset());
    }

    /** The parts of a stream, in its order. */
    public static List<Part> of(Bytes stream) {
        return new AnswerText(stream).parts;
    }

    /** Whether an answer is a stream of events, by how it begins. */
    public static boolean isStream(Bytes answer) {
        int from = answer.arrayOffset();
        int to = from + answer.length();
        return BEGINNINGS.stream().anyMatch(beginning -> startsWith(answer.array(), beginning, from, to));
    }

    private void read(int start) {
        int at = start;
        while (at < end) {
            int lineEnd = ByteSearch.either(array, at, end, '\n', '\r');
            if (startsWith(DATA, at, lineEnd)) {
                event(at + DATA.length, lineEnd);
                events++;
            }
            at = lineEnd + 1;
        }
        finish();
    }

    private void event(int from, int to) {
        if (!delta(from, to)) {
            other(Bytes.wrap(array, from, to - from));
        }
    }

    /** Takes a delta in the spelling of the API; false when it is none. */
    private boolean delta(int from, int to) {
        if (!startsWith(DELTA, from, to)) {
            return false;
        }
        int at = from + DELTA.length;
        long index = 0;
        while (at < to && array[at] >= '0' && array[at] <= '9' && index < 1_000_000) {
            index = index * 10 + array[at++] - '0';
        }
        Piece piece = pieceAt(at, to);
        if (piece == null) {
            return false;
        }
        int text = at + prefix(piece).length;
        int quote = closingQuote(text, to);
        if (quote < 0) {
            return false;
        }
        take(index, piece, text, quote);
        return true;
    }

    private @Nullable Piece pieceAt(int at, int to) {
        for (Piece piece : Piece.values()) {
            if (startsWith(prefix(piece), at, to)) {
                return piece;
            }
        }
        return null;
    }

    private static byte[] prefix(Piece piece) {
        return switch (piece) {
            case TEXT -> TEXT;
            case INPUT -> INPUT;
            case THINKING -> THINKING;
        };
    }

    private int closingQuote(int from, int to) {
        int at = from;
        while (true) {
            at = ByteSearch.either(array, at, to, '"', '\\');
            if (at >= to) {
                return -1;
            }
            if (array[at] == '"') {
                return at;
            }
            at += 2;
        }
    }

    /** Any other event, and deltas in another spelling. */
    private void other(Bytes data) {
        JsonCursor json = new JsonCursor(data);
        String type = null;
        long index = -1;
        JsonSpan delta = null;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("type")) {
                    type = json.text(64);
                } else if (json.nameIs("index")) {
                    index = json.integer(-1);
                } else if (json.nameIs("delta")) {
                    delta = json.span();
                }
            }
        }
        if (json.failed() || type == null) {
            return;
        }
        switch (type) {
            case "content_block_delta" -> {
                if (delta != null) {
                    pieces(data, index, delta);
                }
            }
            case "message_start", "message_delta", "message_stop", "content_block_stop", "ping" -> {
                // Numbers and ids, which the list has.
            }
            default ->
                whole(type.equals("content_block_start") ? "content[" + index + "]" : "events[" + events + "]", data);
        }
    }

    private void pieces(Bytes data, long index, JsonSpan delta) {
        for (Piece piece : Piece.values()) {
            JsonCursor json = new JsonCursor(delta.of(data));
            json.enterObject();
            while (json.nextMember()) {
                boolean wanted = json.nameIs(piece.member) && json.kind() == JsonCursor.Kind.STRING;
                JsonSpan value = json.span();
                if (wanted && value != null) {
                    int base = data.arrayOffset() + delta.from();
                    take(index, piece, base + value.from() + 1, base + value.to() - 1);
                }
            }
        }
    }

    /** An event that says something by itself, such as an error or a search result. */
    private void whole(String path, Bytes data) {
        finish();
        parts.add(new Part(path, true, data));
    }

    private void take(long index, Piece piece, int from, int to) {
        Begun open = begun;
        if (open == null || open.index != index || open.piece != piece) {
            finish();
            begun = new Begun(index, piece, length);
        }
        if (joined.length - length < to - from) {
            joined = Arrays.copyOf(joined, Math.max(joined.length * 2, length + to - from));
        }
        if (piece == Piece.INPUT) {
            unescape(from, to);
        } else {
            System.arraycopy(array, from, joined, length, to - from);
            length += to - from;
        }
    }

    /** The input of a tool is JSON within a string: without this level, texts in it are escaped once, as all others are. */
    private void unescape(int from, int to) {
        for (int i = from; i < to; i++) {
            byte inside = array[i] == '\\' && i + 1 < to ? unescaped(array[i + 1]) : 0;
            if (inside == 0) {
                joined[length++] = array[i];
            } else {
                joined[length++] = inside;
                i++;
            }
        }
    }

    /** What the escape of this letter means; 0 for those that may stay in a JSON text as they are. */
    private static byte unescaped(byte letter) {
        return switch (letter) {
            case '"', '\\' -> letter;
            case 'n', 'r', 't' -> ' ';
            default -> 0;
        };
    }

    private void finish() {
        Begun open = begun;
        if (open != null && length > open.from) {
            Bytes bytes = Bytes.wrap(joined, open.from, length - open.from);
            parts.add(new Part("content[" + open.index + "]." + open.piece.place, open.piece == Piece.INPUT, bytes));
        }
        begun = null;
    }

    private boolean startsWith(byte[] prefix, int at, int to) {
        return startsWith(array, prefix, at, to);
    }

    private static boolean startsWith(byte[] array, byte[] prefix, int at, int to) {
        return to - at >= prefix.length && Arrays.equals(array, at, at + prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
