package dev.ccproxy.fuzz;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.json.JsonSpans;
import java.util.Map;

/** The members of any bytes lie within them, and putting one in its own place changes nothing. */
public final class JsonTarget {

    private JsonTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Bytes text = Bytes.wrap(input);
        Map<String, JsonSpan> members = JsonSpans.members(text).orElse(Map.of());
        for (JsonSpan span : members.values()) {
            if (!JsonSpans.replace(text, span, span.of(text)).equals(text)) {
                throw new AssertionError("replacing " + span + " by itself changed the text");
            }
        }
        boolean whole = new JsonCursor(text).atEnd();
        if (!members.isEmpty() && !whole) {
            throw new AssertionError("members of a text that is not whole");
        }
    }
}
