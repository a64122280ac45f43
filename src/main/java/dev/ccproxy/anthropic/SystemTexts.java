package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import java.util.ArrayList;
import java.util.List;

/** The system prompt of a request, whole. */
public final class SystemTexts {

    private SystemTexts() {}

    /** Its texts, in their order; none where the body is no request. */
    public static List<String> of(Bytes body) {
        JsonCursor json = new JsonCursor(body);
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("system")) {
                    return texts(json);
                }
            }
        }
        return List.of();
    }

    private static List<String> texts(JsonCursor json) {
        List<String> texts = new ArrayList<>();
        if (json.kind() == JsonCursor.Kind.STRING) {
            add(json, texts);
        } else if (json.enterArray()) {
            while (json.nextElement()) {
                block(json, texts);
            }
        }
        return texts;
    }

    private static void block(JsonCursor json, List<String> texts) {
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("text")) {
                    add(json, texts);
                }
            }
        }
    }

    private static void add(JsonCursor json, List<String> texts) {
        String text = json.text();
        if (text != null) {
            texts.add(text);
        }
    }
}
