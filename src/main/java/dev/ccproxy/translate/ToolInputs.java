package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonSpan;
import java.util.HashMap;
import java.util.Map;

/**
 * The inputs of all tool calls in a Messages request, as they were written: a tree of the request would keep their value
 * but not their text.
 */
final class ToolInputs {

    private final Map<Position, String> texts = new HashMap<>();

    private record Position(int message, int block) {}

    /** Walks once over the request; bytes that are none hold no inputs. */
    static ToolInputs of(Bytes body) {
        ToolInputs inputs = new ToolInputs();
        JsonCursor json = new JsonCursor(body);
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("messages")) {
                    inputs.messages(json, body);
                }
            }
        }
        return inputs;
    }

    /** The input of the call in that block of that message; an object without members where there is none. */
    String text(int message, int block) {
        return texts.getOrDefault(new Position(message, block), "{}");
    }

    private void messages(JsonCursor json, Bytes body) {
        texts.clear();
        int message = 0;
        if (json.enterArray()) {
            while (json.nextElement()) {
                message(json, body, message++);
            }
        }
    }

    private void message(JsonCursor json, Bytes body, int message) {
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("content") && json.enterArray()) {
                    int block = 0;
                    while (json.nextElement()) {
                        block(json, body, new Position(message, block++));
                    }
                }
            }
        }
    }

    private void block(JsonCursor json, Bytes body, Position position) {
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("input")) {
                    JsonSpan span = json.span();
                    if (span != null) {
                        texts.put(position, span.of(body).utf8());
                    }
                }
            }
        }
    }
}
