package dev.ccproxy.json;

import dev.ccproxy.http.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds values in a JSON text and changes one of them without touching another byte. Where a name is repeated the last
 * member counts, as in {@code JSON.parse}. All functions are pure; bytes that are no JSON give an empty result.
 */
public final class JsonSpans {

    private JsonSpans() {}

    /** Where each member's value of the outermost object lies, in the order of first appearance. */
    public static Optional<Map<String, JsonSpan>> members(Bytes text) {
        Map<String, JsonSpan> members = new LinkedHashMap<>();
        JsonCursor json = new JsonCursor(text);
        if (!json.enterObject()) {
            return Optional.empty();
        }
        while (json.nextMember()) {
            String name = json.name();
            JsonSpan span = json.span();
            if (span != null) {
                members.put(name, span);
            }
        }
        return json.atEnd() ? Optional.of(members) : Optional.empty();
    }

    /**
     * Where the value at a path lies, such as {@code find(body, "system", 0, "text")}.
     *
     * @param path names of members ({@link String}) and indexes of elements ({@link Integer})
     */
    public static Optional<JsonSpan> find(Bytes text, Object... path) {
        int from = 0;
        int to = text.length();
        for (Object step : path) {
            JsonSpan found = switch (step) {
                case String name -> member(text.slice(from, to), name);
                case Integer index -> element(text.slice(from, to), index);
                default -> throw new IllegalArgumentException("neither a name nor an index: " + step);
            };
            if (found == null) {
                return Optional.empty();
            }
            to = from + found.to();
            from += found.from();
        }
        return path.length == 0 ? whole(text) : Optional.of(new JsonSpan(from, to));
    }

    /** The text with the value at {@code span} replaced by another JSON value. */
    public static Bytes replace(Bytes text, JsonSpan span, Bytes value) {
        byte[] changed = new byte[text.length() - span.length() + value.length()];
        text.slice(0, span.from()).copyTo(changed, 0);
        value.copyTo(changed, span.from());
        text.slice(span.to(), text.length()).copyTo(changed, span.from() + value.length());
        return Bytes.wrap(changed);
    }

    /**
     * The text with a new last member in the object at {@code object}.
     *
     * @param name a name without characters that JSON escapes
     * @param value JSON
     */
    public static Bytes insertMember(Bytes text, JsonSpan object, String name, Bytes value) {
        Bytes inside = object.of(text);
        if (inside.length() < 2 || inside.at(0) != '{') {
            throw new IllegalArgumentException("no object at " + object);
        }
        int last = inside.length() - 2;
        while (last > 0 && inside.at(last) <= ' ') {
            last--;
        }
        String before = (last == 0 ? "\"" : ",\"") + name + "\":";
        Bytes head = Bytes.utf8(before);
        byte[] member = new byte[head.length() + value.length()];
        head.copyTo(member, 0);
        value.copyTo(member, head.length());
        int behindLast = object.from() + last + 1;
        return replace(text, new JsonSpan(behindLast, behindLast), Bytes.wrap(member));
    }

    private static Optional<JsonSpan> whole(Bytes text) {
        JsonCursor json = new JsonCursor(text);
        JsonSpan span = json.span();
        return span != null && json.atEnd() ? Optional.of(span) : Optional.empty();
    }

    private static @Nullable JsonSpan member(Bytes object, String name) {
        JsonCursor json = new JsonCursor(object);
        JsonSpan found = null;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs(name)) {
                    found = json.span();
                }
            }
        }
        return json.atEnd() ? found : null;
    }

    private static @Nullable JsonSpan element(Bytes array, int index) {
        JsonCursor json = new JsonCursor(array);
        JsonSpan found = null;
        int at = 0;
        if (json.enterArray()) {
            while (json.nextElement()) {
                if (at++ == index) {
                    found = json.span();
                }
            }
        }
        return json.atEnd() ? found : null;
    }
}
