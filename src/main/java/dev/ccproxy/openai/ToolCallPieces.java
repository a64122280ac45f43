package dev.ccproxy.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells which call a piece of {@code tool_calls} belongs to. The {@code index} says it, but servers leave it out, send
 * the same one for several calls, repeat ids, or send empty ones. For one stream and one thread.
 */
public final class ToolCallPieces {

    private final List<String> ids = new ArrayList<>();
    private final Map<Long, Integer> callAtIndex = new HashMap<>();

    /** The piece in an element of a delta's {@code tool_calls}. */
    public ToolCallPiece read(JsonNode element) {
        JsonNode function = element.path("function");
        String id = element.path("id").asString("");
        String name = function.path("name").asString("");
        Integer known = known(element.get("index"), id, name);
        if (known != null) {
            return new ToolCallPiece(known, false, null, name, arguments(function));
        }
        int call = ids.size();
        ids.add(id);
        callAtIndex.put(element.path("index").asLong(-1), call);
        return new ToolCallPiece(call, true, id.isEmpty() ? null : id, name, arguments(function));
    }

    /** The call in an element of a whole message's {@code tool_calls}. */
    public ToolCallPiece readWhole(JsonNode element) {
        JsonNode function = element.path("function");
        ids.add(element.path("id").asString(""));
        return new ToolCallPiece(
                ids.size() - 1,
                true,
                element.path("id").asString(null),
                function.path("name").asString(""),
                arguments(function));
    }

    private @Nullable Integer known(@Nullable JsonNode index, String id, String name) {
        if (index == null || !index.isNumber()) {
            int sameId = id.isEmpty() ? -1 : ids.lastIndexOf(id);
            boolean another = id.isEmpty() ? !name.isEmpty() : sameId < 0;
            return another || ids.isEmpty()
                    ? null
                    : sameId >= 0 ? Integer.valueOf(sameId) : Integer.valueOf(ids.size() - 1);
        }
        Integer call = callAtIndex.get(index.asLong());
        if (call == null) {
            return null;
        }
        boolean another = !id.isEmpty()
                && !name.isEmpty()
                && !id.equals(ids.get(call))
                && !ids.get(call).isEmpty();
        return another ? null : call;
    }

    /** Some servers send an object where the API has a text of JSON. */
    private static String arguments(JsonNode function) {
        JsonNode arguments = function.path("arguments");
        return arguments.isObject() ? arguments.toString() : arguments.asString("");
    }
}
