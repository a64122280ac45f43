package dev.ccproxy.storage.segment;

import dev.ccproxy.http.ByteSearch;
import dev.ccproxy.http.Bytes;

/**
 * Cuts the body of a Messages request where its JSON has joints (format 1), so that a body which repeats another one and
 * adds to it shares all of its segments but the new ones. One pass over the raw bytes; any bytes are cut somehow, and the
 * segments joined are always the body. For one body and one thread.
 *
 * <ol>
 *   <li>What is no object, or shorter than 512 bytes, is one segment; from 16 KiB on {@link FastCdc} cuts it.
 *   <li>An <em>element</em> is an object in the array {@code messages}, {@code system} or {@code tools} of the root, or in
 *       the array {@code content} of an element.
 *   <li>Cut before each comma of the root.
 *   <li>Cut before the closing brace of an element: what is appended behind it changes no segment before it.
 *   <li>Cut around the member {@code cache_control} of the root or an element: the marker moves from turn to turn.
 *   <li>Cut around the inside of a string of 1,024 bytes or more, without the {@code \n} at its end, which comes and goes;
 *       from 16 KiB on {@link FastCdc} cuts it, unless it looks like base64.
 *   <li>No segment is longer than 1 MiB.
 * </ol>
 */
public final class Segmenter {

    private static final int LEAST_STRUCTURE_BYTES = 512;
    private static final int LEAST_STRING_BYTES = 1_024;
    private static final int LEAST_CDC_BYTES = 16 << 10;
    private static final int BASE64_PROBE_BYTES = 256;
    private static final int MOST_DEPTH = 64;

    private enum Container {
        ROOT,
        ELEMENTS,
        ELEMENT,
        OBJECT,
        ARRAY
    }

    private enum Key {
        OTHER,
        ELEMENTS,
        CONTENT,
        CACHE_CONTROL
    }

    private final byte[] array;
    private final int offset;
    private final int end;
    private final Cuts cuts;

    private final Container[] stack = new Container[MOST_DEPTH];
    private int depth;
    /** Containers inside the deepest one that is told apart. */
    private int beyond;

    private int position;
    private int valueEnd;
    /** The end of the value before the comma that was last read in this object; -1 where the object has just begun. */
    private int beforeComma = -1;

    private boolean keyNext;
    private Key key = Key.OTHER;
    private int markerDepth = -1;

    private Segmenter(Bytes body, Cuts cuts) {
        this.array = body.array();
        this.offset = body.arrayOffset();
        this.end = offset + body.length();
        this.cuts = cuts;
    }

    /** Cuts a body of which nothing is known. */
    public static Cuts cut(Bytes body) {
        return new Segmenter(body, new Cuts()).run(0);
    }

    /** The same cuts, taken over from a body that shares its first {@code common} bytes as far as they hold. */
    public static Cuts cut(Bytes body, Cuts before, int common) {
        Cuts shared = body.length() < LEAST_STRUCTURE_BYTES ? new Cuts() : before.sharedBy(common);
        return new Segmenter(body, shared).run(shared.lastEnd());
    }

    private Cuts run(int resumeAt) {
        if (resumeAt > 0) {
            // The state at the end of each element of the root's arrays.
            stack[0] = Container.ROOT;
            stack[1] = Container.ELEMENTS;
            stack[2] = Container.ELEMENT;
            depth = 3;
            position = offset + resumeAt;
            valueEnd = position;
            structure();
        } else if (end - offset >= LEAST_STRUCTURE_BYTES && beginsObject()) {
            position = offset;
            structure();
        } else if (end - offset >= LEAST_CDC_BYTES) {
            FastCdc.cut(array, offset, end, this::cutAt);
        }
        cuts.finish(end - offset);
        return cuts;
    }

    private boolean beginsObject() {
        int i = offset;
        while (i < end && array[i] <= ' ' && array[i] >= 0) {
            i++;
        }
        return i < end && array[i] == '{';
    }

    private void structure() {
        while (position < end) {
            int at = position++;
            switch (array[at]) {
                case '"' -> string(at);
                case '{' -> open(objectKind());
                case '[' -> open(arrayKind());
                case '}', ']' -> close(at);
                case ',' -> comma();
                case ' ', '\n', '\r', '\t', ':' -> {
                    // Between tokens.
                }
                default -> valueEnd = position;
            }
        }
    }

    private void open(Container container) {
        if (depth < MOST_DEPTH) {
            stack[depth++] = container;
        } else {
            beyond++;
        }
        keyNext = container != Container.ELEMENTS && container != Container.ARRAY;
        beforeComma = -1;
        valueEnd = position;
    }

    private Container objectKind() {
        if (depth == 0) {
            return Container.ROOT;
        }
        return in(Container.ELEMENTS) ? Container.ELEMENT : Container.OBJECT;
    }

    private Container arrayKind() {
        boolean elements = (in(Container.ROOT) && key == Key.ELEMENTS) || (in(Container.ELEMENT) && key == Key.CONTENT);
        return elements ? Container.ELEMENTS : Container.ARRAY;
    }

    private void close(int at) {
        if (in(Container.ELEMENT)) {
            cutAt(valueEnd);
            if (depth == 3 && cuts.lastEnd() == valueEnd - offset) {
                cuts.resumableAt(at - offset);
            }
        }
        endMarker();
        if (beyond > 0) {
            beyond--;
        } else if (depth > 0) {
            depth--;
        }
        keyNext = false;
        // Nothing of what was read inside may matter outside: cutting resumed here must go on in the same way.
        key = Key.OTHER;
        valueEnd = position;
    }

    private void comma() {
        if (in(Container.ROOT)) {
            cutAt(valueEnd);
        }
        endMarker();
        beforeComma = valueEnd;
        keyNext = beyond == 0 && depth > 0 && isObject(stack[depth - 1]);
    }

    private void endMarker() {
        if (markerDepth == depth && beyond == 0) {
            cutAt(valueEnd);
            markerDepth = -1;
        }
    }

    private void string(int quote) {
        int from = quote + 1;
        int behind = behindString(from);
        position = behind;
        valueEnd = behind;
        if (keyNext) {
            keyNext = false;
            key(quote, from, behind - 1);
        } else if (behind - 1 - from >= LEAST_STRING_BYTES) {
            longString(from, behind - 1);
        }
    }

    private void key(int quote, int from, int to) {
        key = in(Container.ROOT) || in(Container.ELEMENT) ? keyNamed(from, to) : Key.OTHER;
        if (key == Key.CACHE_CONTROL) {
            cutAt(beforeComma < 0 ? quote : beforeComma);
            markerDepth = depth;
        }
    }

    private Key keyNamed(int from, int to) {
        return switch (to - from) {
            case 5 -> is(from, "tools") ? Key.ELEMENTS : Key.OTHER;
            case 6 -> is(from, "system") ? Key.ELEMENTS : Key.OTHER;
            case 7 -> is(from, "content") ? Key.CONTENT : Key.OTHER;
            case 8 -> is(from, "messages") ? Key.ELEMENTS : Key.OTHER;
            case 13 -> is(from, "cache_control") ? Key.CACHE_CONTROL : Key.OTHER;
            default -> Key.OTHER;
        };
    }

    private void longString(int from, int to) {
        int textEnd = to;
        while (textEnd - 2 >= from && endsWithLineFeed(from, textEnd)) {
            textEnd -= 2;
        }
        cutAt(from);
        if (textEnd - from >= LEAST_CDC_BYTES && !looksLikeBase64(from)) {
            FastCdc.cut(array, from, textEnd, this::cutAt);
        }
        cutAt(textEnd);
    }

    /** Whether the escape {@code \n} ends here; its backslash must not itself be escaped. */
    private boolean endsWithLineFeed(int from, int to) {
        if (array[to - 1] != 'n') {
            return false;
        }
        int backslashes = 0;
        while (to - 2 - backslashes >= from && array[to - 2 - backslashes] == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private boolean looksLikeBase64(int from) {
        for (int i = from; i < from + BASE64_PROBE_BYTES; i++) {
            byte b = array[i];
            boolean digit = (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
            if (!digit && b != '+' && b != '/' && b != '-' && b != '_') {
                return false;
            }
        }
        return true;
    }

    /** Behind the closing quote; the end of the body where there is none. */
    private int behindString(int from) {
        int i = from;
        while (true) {
            i = ByteSearch.either(array, i, end, '"', '\\');
            if (i >= end) {
                return end;
            }
            if (array[i] == '"') {
                return i + 1;
            }
            i = Math.min(i + 2, end);
        }
    }

    private boolean in(Container container) {
        return beyond == 0 && depth > 0 && stack[depth - 1] == container;
    }

    private static boolean isObject(Container container) {
        return container == Container.ROOT || container == Container.ELEMENT || container == Container.OBJECT;
    }

    private boolean is(int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (array[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void cutAt(int absolute) {
        cuts.add(absolute - offset);
    }
}
