package dev.ccproxy.insight;

import dev.ccproxy.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes one request's body apart. For one thread. */
final class PromptReader {

    private static final String MCP_PREFIX = "mcp__";

    private final PartMeasure measure;
    private final List<PromptPart> parts = new ArrayList<>();
    private final Map<String, String> toolOfCall = new HashMap<>();

    PromptReader(Json json) {
        this.measure = new PartMeasure(json);
    }

    List<PromptPart> read(ObjectNode body) {
        int index = 0;
        for (JsonNode tool : body.path("tools")) {
            tool("tools[" + index++ + "]", tool);
        }
        system(body.path("system"));
        index = 0;
        for (JsonNode message : body.path("messages")) {
            message("messages[" + index++ + "]", message);
        }
        return parts;
    }

    private void tool(String path, JsonNode tool) {
        String name = tool.path("name").asString(tool.path("type").asString("tool"));
        add(name.startsWith(MCP_PREFIX) ? PartKind.MCP : PartKind.TOOLS, path, name, name, tool);
    }

    private void system(JsonNode system) {
        if (system.isString()) {
            add(PartKind.SYSTEM, "system", PartNames.ofSystem(system.asString()), null, measure.textBlock(system));
        }
        int index = 0;
        for (JsonNode block : system instanceof ArrayNode ? system : measure.none()) {
            add(
                    PartKind.SYSTEM,
                    "system[" + index++ + "]",
                    PartNames.ofSystem(block.path("text").asString("")),
                    null,
                    block);
        }
    }

    private void message(String path, JsonNode message) {
        String role = message.path("role").asString("");
        JsonNode content = message.path("content");
        if (content.isString()) {
            block(path + ".content", role, measure.textBlock(content));
        }
        int index = 0;
        for (JsonNode block : content instanceof ArrayNode ? content : measure.none()) {
            block(path + ".content[" + index++ + "]", role, block);
        }
    }

    private void block(String path, String role, JsonNode block) {
        String type = block.path("type").asString("");
        switch (type) {
            case "text" -> text(path, role, block);
            case "thinking", "redacted_thinking" -> add(PartKind.THINKING, path, type, null, block);
            case "image" -> add(PartKind.IMAGE, path, "image", null, block);
            default -> {
                if (type.endsWith("tool_use")) {
                    call(path, block);
                } else if (type.endsWith("tool_result")) {
                    result(path, block);
                } else {
                    add(PartKind.OTHER, path, type.isEmpty() ? "block without type" : type, null, block);
                }
            }
        }
    }

    private void text(String path, String role, JsonNode block) {
        String text = block.path("text").asString("");
        PartKind kind = PartNames.kindOfText(role, text);
        add(kind, path, PartNames.ofText(kind, text), null, block);
    }

    private void call(String path, JsonNode block) {
        String name = block.path("name").asString("tool");
        toolOfCall.put(block.path("id").asString(""), name);
        add(PartKind.TOOLCALL, path, name, name, block);
    }

    /** Images in a result are parts of their own: their length says nothing about their tokens. */
    private void result(String path, JsonNode block) {
        String tool = toolOfCall.get(block.path("tool_use_id").asString(""));
        String label = tool == null ? "result" : tool;
        if (!(block instanceof ObjectNode object) || !measure.holdsImage(block.path("content"))) {
            add(PartKind.RESULT, path, label, tool, block);
            return;
        }
        ArrayNode rest = measure.none();
        List<PromptPart> images = new ArrayList<>();
        int index = 0;
        for (JsonNode inner : block.path("content")) {
            String innerPath = path + ".content[" + index++ + "]";
            if (inner.path("type").asString("").equals("image")) {
                images.add(measure.part(PartKind.IMAGE, innerPath, label, tool, inner));
            } else {
                rest.add(inner);
            }
        }
        ObjectNode withoutImages = object.deepCopy();
        withoutImages.set("content", rest);
        add(PartKind.RESULT, path, label, tool, withoutImages);
        parts.addAll(images);
    }

    private void add(PartKind kind, String path, String label, @Nullable String tool, JsonNode node) {
        parts.add(measure.part(kind, path, label, tool, node));
    }
}
