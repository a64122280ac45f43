package dev.ccproxy.translate;

import dev.ccproxy.json.Json;
import dev.ccproxy.translate.Turn.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the messages of a Messages request. */
final class MessagesTurns {

    private final Json json;
    private final Set<Loss> losses;

    MessagesTurns(Json json, Set<Loss> losses) {
        this.json = json;
        this.losses = losses;
    }

    /** Neighbours of the same role become one message: all results of parallel calls must stand in the next message. */
    void write(List<Turn> turns, ArrayNode messages) {
        Role role = null;
        ArrayNode content = null;
        for (Turn turn : turns) {
            if (turn.role() == Role.SYSTEM) {
                continue;
            }
            ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
            turn.blocks().forEach(block -> add(block, blocks));
            if (blocks.isEmpty()) {
                continue;
            }
            if (content == null || turn.role() != role) {
                role = turn.role();
                content = messages.addObject()
                        .put("role", role == Role.ASSISTANT ? "assistant" : "user")
                        .putArray("content");
            }
            content.addAll(blocks);
        }
    }

    private void add(Block block, ArrayNode blocks) {
        JsonNode written = switch (block) {
            case Block.Text text -> text.text().isEmpty() ? null : text(text.text());
            case Block.Image image -> image(image.source());
            case Block.Document document -> document(document);
            case Block.ToolCall call -> call(call);
            case Block.ToolResult result -> result(result);
            case Block.Thinking _ -> {
                losses.add(Loss.THINKING_HISTORY);
                yield null;
            }
        };
        if (written != null) {
            blocks.add(written);
        }
    }

    private static ObjectNode block(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static ObjectNode text(String text) {
        return block("text").put("text", text);
    }

    private @Nullable ObjectNode image(Source source) {
        ObjectNode written = source(source);
        return written == null ? null : block("image").set("source", written);
    }

    private @Nullable ObjectNode document(Block.Document document) {
        ObjectNode source = source(document.source());
        if (source == null) {
            return null;
        }
        ObjectNode written = block("document");
        written.set("source", source);
        if (document.title() != null) {
            written.put("title", document.title());
        }
        return written;
    }

    private @Nullable ObjectNode source(Source source) {
        return switch (source) {
            case Source.Inline inline ->
                block("base64").put("media_type", inline.mediaType()).put("data", inline.base64());
            case Source.Remote remote -> block("url").put("url", remote.url());
            case Source.Plain plain ->
                block("text").put("media_type", "text/plain").put("data", plain.text());
            case Source.Stored _ -> {
                losses.add(Loss.STORED_FILE);
                yield null;
            }
        };
    }

    private ObjectNode call(Block.ToolCall call) {
        ObjectNode written =
                block("tool_use").put("id", ToolIds.forMessages(call.id())).put("name", call.name());
        written.set("input", input(call.arguments()));
        return written;
    }

    /** The arguments as the object that the API wants. */
    private JsonNode input(String arguments) {
        if (arguments.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        Optional<JsonNode> parsed = json.tree(arguments);
        if (parsed.isPresent() && parsed.get().isObject()) {
            return Json.verbatim(arguments.strip());
        }
        losses.add(Loss.CUT_ARGUMENTS);
        return JsonNodeFactory.instance.objectNode().put("arguments", arguments);
    }

    private ObjectNode result(Block.ToolResult result) {
        ObjectNode written = block("tool_result").put("tool_use_id", ToolIds.forMessages(result.callId()));
        if (result.content().size() == 1 && result.content().getFirst() instanceof Block.Text text) {
            written.put("content", text.text());
        } else {
            ArrayNode content = written.putArray("content");
            result.content().forEach(block -> add(block, content));
        }
        if (result.failed()) {
            written.put("is_error", true);
        }
        return written;
    }
}
