package dev.ccproxy.json;

import dev.ccproxy.http.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks once over the raw bytes of a JSON text and stops where its reader wants to look; everything else is skipped at
 * about the speed of memory, without objects, tree or recursion.
 *
 * <pre>{@code
 * JsonCursor json = new JsonCursor(body);
 * if (json.enterObject()) {
 *     while (json.nextMember()) {
 *         if (json.nameIs("model")) {
 *             model = json.text();
 *         }
 *     }
 * }
 * return json.atEnd() ? model : null;
 * }</pre>
 *
 * <p>A value that was not read is skipped by the next move. Where a name is repeated both members are met; a reader who
 * lets the last one win does as {@code JSON.parse} does. Bytes that are no JSON never throw: every move says no, and
 * {@link #failed} is true. What was entered is checked exactly; inside skipped values only strings and the balance of
 * brackets are.
 *
 * <p>For one thread. A loop that was entered must run until it says no.
 */
public final class JsonCursor {

    private final byte[] array;
    private final int start;
    private final int end;

    private int at;
    private boolean failed;
    /** Whether {@code at} is at the first byte of a value that nobody has read or skipped. */
    private boolean pending;
    /** Whether nothing of the innermost entered value was read: no comma is due. */
    private boolean fresh;

    private int nameFrom;
    private int nameTo;

    public JsonCursor(Bytes text) {
        array = text.array();
        start = text.arrayOffset();
        end = start + text.length();
        at = start;
        skipSpace();
        pending = at < end;
        failed = !pending;
    }

    /**
     * A cursor that has entered what it would have entered on its way and stands behind an element, at {@code position}:
     * its next moves are {@link #nextElement} and those after the array's end.
     */
    public static JsonCursor behind(Bytes text, int position) {
        return new JsonCursor(text, position);
    }

    private JsonCursor(Bytes text, int position) {
        array = text.array();
        start = text.arrayOffset();
        end = start + text.length();
        at = start + position;
    }

    /** Enters the value here when it is an object. */
    public boolean enterObject() {
        return enter('{');
    }

    /** Enters the value here when it is an array. */
    public boolean enterArray() {
        return enter('[');
    }

    /** Moves to the next member of the object that was entered last; false after its closing brace. */
    public boolean nextMember() {
        if (!moveOn('}')) {
            return false;
        }
        if (at >= end || array[at] != '"') {
            return fail();
        }
        nameFrom = at + 1;
        at = JsonScan.afterString(array, at + 1, end);
        if (at < 0) {
            return fail();
        }
        nameTo = at - 1;
        skipSpace();
        if (at >= end || array[at] != ':') {
            return fail();
        }
        at++;
        skipSpace();
        return startValue();
    }

    /** Moves to the next element of the array that was entered last; false after its closing bracket. */
    public boolean nextElement() {
        return moveOn(']') && startValue();
    }

    /** Whether the member here is of that name, which must be plain ASCII. */
    public boolean nameIs(String name) {
        int length = nameTo - nameFrom;
        if (length != name.length()) {
            return length > name.length() && JsonScan.hasBackslash(array, nameFrom, nameTo) && name().equals(name);
        }
        for (int i = 0; i < length; i++) {
            if (array[nameFrom + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The name of the member here. */
    public String name() {
        return JsonText.decode(array, nameFrom, nameTo, Integer.MAX_VALUE);
    }

    /** The same as it stands there, without its quotes. */
    public Bytes nameBytes() {
        return Bytes.wrap(array, nameFrom, nameTo - nameFrom);
    }

    /** Reads the value here as text; null when it is no string. */
    public @Nullable String text() {
        return text(Integer.MAX_VALUE);
    }

    /** Reads the first characters of the text here (never half of a character); null when it is no string. */
    public @Nullable String text(int maxChars) {
        if (kind() != Kind.STRING) {
            skip();
            return null;
        }
        int from = at + 1;
        skip();
        return failed ? null : JsonText.decode(array, from, at - 1, maxChars);
    }

    /** The first characters of a string that {@link #span} found, quotes included, without looking at its rest. */
    public static String text(Bytes string, int maxChars) {
        int from = string.arrayOffset();
        return JsonText.decode(string.array(), from + 1, from + string.length() - 1, maxChars);
    }

    /** Reads the value here as a whole number; {@code otherwise} when it is none, or none of 64 bits. */
    public long integer(long otherwise) {
        if (kind() != Kind.NUMBER) {
            skip();
            return otherwise;
        }
        int from = at;
        skip();
        if (failed || at - from > 20) {
            return otherwise;
        }
        try {
            return Long.parseLong(new String(array, from, at - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException fraction) {
            return otherwise;
        }
    }

    /** Where the value here lies; moves behind it. Null when it is not whole. */
    public @Nullable JsonSpan span() {
        int from = at;
        return skip() ? new JsonSpan(from - start, at - start) : null;
    }

    /** How many elements the array here has; 0 when it is none. Moves behind it. */
    public int count() {
        int count = 0;
        if (enterArray()) {
            while (nextElement()) {
                count++;
            }
        } else {
            skip();
        }
        return count;
    }

    /** Moves behind the value here; false when there is none or it is not whole. */
    public boolean skip() {
        if (!pending) {
            return false;
        }
        pending = false;
        at = switch (JsonScan.kindAt(array, at)) {
            case STRING -> JsonScan.afterString(array, at + 1, end);
            case OBJECT, ARRAY -> JsonScan.afterNested(array, at, end);
            case NUMBER -> JsonScan.afterNumber(array, at, end);
            case TRUE -> JsonScan.afterWord(array, at, end, "true");
            case FALSE -> JsonScan.afterWord(array, at, end, "false");
            case NULL -> JsonScan.afterWord(array, at, end, "null");
            case NONE -> -1;
        };
        return at >= 0 || fail();
    }

    /** What the value here is, by its first byte. */
    public Kind kind() {
        return pending ? JsonScan.kindAt(array, at) : Kind.NONE;
    }

    /** The offset of the byte where the cursor stands; after {@link #failed} the length of the text. */
    public int position() {
        return at - start;
    }

    /** Whether the bytes turned out to be no JSON. */
    public boolean failed() {
        return failed;
    }

    /** Skips what is left of the outermost value and tells whether the text was whole: one value and nothing behind it. */
    public boolean atEnd() {
        if (pending) {
            skip();
        }
        if (!failed) {
            skipSpace();
        }
        return !failed && at == end;
    }

    /** The kinds of JSON values. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        /** No value here. */
        NONE
    }

    private boolean enter(char bracket) {
        if (!pending || array[at] != bracket) {
            return false;
        }
        at++;
        pending = false;
        fresh = true;
        return true;
    }

    /** To the next name or element: over the value that nobody read, white space and the comma. */
    private boolean moveOn(char bracket) {
        if ((pending && !skip()) || failed) {
            return false;
        }
        boolean first = fresh;
        fresh = false;
        skipSpace();
        if (at >= end) {
            return fail();
        }
        if (array[at] == bracket) {
            at++;
            return false;
        }
        if (!first) {
            if (array[at] != ',') {
                return fail();
            }
            at++;
            skipSpace();
        }
        return true;
    }

    private boolean startValue() {
        pending = at < end && JsonScan.kindAt(array, at) != Kind.NONE;
        return pending || fail();
    }

    private boolean fail() {
        failed = true;
        pending = false;
        at = end;
        return false;
    }

    private void skipSpace() {
        while (at < end && JsonScan.isSpace(array[at])) {
            at++;
        }
    }
}
