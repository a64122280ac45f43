package dev.ccproxy.json;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor.Kind;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The string value in which a byte of a JSON text lies.
 *
 * @param path such as {@code messages[3].content[0].text}, with {@code ["a b"]} for a name that is no word; empty where the
 *     text itself is the string
 * @param inside where the string lies, without its quotes
 */
public record JsonPlace(String path, JsonSpan inside) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");

    /** Empty where the byte is no part of a string value, or the text up to there no JSON; names are no values. */
    public static Optional<JsonPlace> of(Bytes text, int offset) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        int to = text.length();
        while (true) {
            JsonCursor json = new JsonCursor(text.slice(from, to));
            Kind kind = json.kind();
            int start = from + json.position();
            if (kind == Kind.STRING) {
                JsonSpan inside = new JsonSpan(start + 1, Math.max(start + 1, endOf(json, from, to) - 1));
                return offset >= inside.from() && offset < inside.to()
                        ? Optional.of(new JsonPlace(path.toString(), inside))
                        : Optional.empty();
            }
            JsonSpan child = child(json, offset - from, path);
            if (child == null) {
                return Optional.empty();
            }
            to = from + child.to();
            from += child.from();
        }
    }

    private static int endOf(JsonCursor string, int from, int to) {
        JsonSpan span = string.span();
        return span == null ? to : from + span.to();
    }

    /** The value inside the object or array here that holds the offset; adds the step to it. */
    private static @Nullable JsonSpan child(JsonCursor json, int offset, StringBuilder path) {
        if (json.enterObject()) {
            while (json.nextMember() && json.position() <= offset) {
                JsonSpan value = json.span();
                if (value != null && offset < value.to()) {
                    addName(path, json.name());
                    return value;
                }
            }
        } else if (json.enterArray()) {
            for (int index = 0; json.nextElement() && json.position() <= offset; index++) {
                JsonSpan value = json.span();
                if (value != null && offset < value.to()) {
                    path.append('[').append(index).append(']');
                    return value;
                }
            }
        }
        return null;
    }

    private static void addName(StringBuilder path, String name) {
        if (WORD.matcher(name).matches()) {
            path.append(path.isEmpty() ? "" : ".").append(name);
        } else {
            path.append("[\"")
                    .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"]");
        }
    }
}
