package dev.ccproxy.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the messages of a Messages request. */
final class MessagesContent {

    private final Set<Loss> losses;
    private final ToolInputs inputs;

    MessagesContent(Set<Loss> losses, ToolInputs inputs) {
        this.losses = losses;
        this.inputs = inputs;
    }

    void addTurns(JsonNode messages, List<Turn> turns) {
        int index = 0;
        for (JsonNode message : messages) {
            Turn.Role role = switch (message.path("role").asString("")) {
                case "assistant" -> Turn.Role.ASSISTANT;
                case "system" -> Turn.Role.SYSTEM;
                default -> Turn.Role.USER;
            };
            for (String name : message.propertyNames()) {
                if (!name.equals("role") && !name.equals("content")) {
                    losses.add(Loss.UNKNOWN_MEMBER);
                }
            }
            turns.add(new Turn(role, blocks(message.path("content"), index++)));
        }
    }

    /** Content of a message, or of a tool result, which stands in no message of its own ({@code message} is -1). */
    private List<Block> blocks(JsonNode content, int message) {
        List<Block> blocks = new ArrayList<>();
        if (content.isString()) {
            blocks.add(new Block.Text(content.stringValue()));
        } else if (content.isArray()) {
            int index = 0;
            for (JsonNode block : content) {
                Block read = block(block, message, index++);
                if (read != null) {
                    blocks.add(read);
                }
            }
        }
        return blocks;
    }

    private @Nullable Block block(JsonNode block, int message, int index) {
        if (block.has("cache_control")) {
            losses.add(Loss.CACHE_CONTROL);
        }
        if (block.path("citations").isArray() && !block.path("citations").isEmpty()) {
            losses.add(Loss.CITATIONS);
        }
        String type = block.path("type").asString("");
        return switch (type) {
            case "text" -> new Block.Text(block.path("text").asString(""));
            case "image" -> image(block);
            case "document" -> document(block);
            case "search_result" -> searchResult(block);
            case "tool_use" ->
                new Block.ToolCall(
                        ToolIds.unpacked(block.path("id").asString("")),
                        block.path("name").asString(""),
                        inputs.text(message, index));
            case "tool_result" ->
                new Block.ToolResult(
                        ToolIds.unpacked(block.path("tool_use_id").asString("")),
                        blocks(block.path("content"), -1),
                        block.path("is_error").asBoolean(false));
            case "thinking" ->
                new Block.Thinking(
                        block.path("thinking").asString(""),
                        block.path("signature").asString(null));
            case "redacted_thinking" -> lost(Loss.REDACTED_THINKING);
            case "server_tool_use", "mcp_tool_use", "mcp_tool_result", "container_upload" ->
                lost(Loss.SERVER_TOOL_HISTORY);
            default -> lost(type.endsWith("_tool_result") ? Loss.SERVER_TOOL_HISTORY : Loss.UNKNOWN_BLOCK);
        };
    }

    private @Nullable Block lost(Loss loss) {
        losses.add(loss);
        return null;
    }

    private @Nullable Block image(JsonNode block) {
        Source source = source(block.path("source"));
        return source == null ? lost(Loss.UNKNOWN_BLOCK) : new Block.Image(source);
    }

    private @Nullable Block document(JsonNode block) {
        JsonNode given = block.path("source");
        if (given.path("type").asString("").equals("content")) {
            String text = new Turn(Turn.Role.USER, blocks(given.path("content"), -1)).text("\n\n");
            return new Block.Document(
                    new Source.Plain(text), block.path("title").asString(null));
        }
        Source source = source(given);
        return source == null
                ? lost(Loss.UNKNOWN_BLOCK)
                : new Block.Document(source, block.path("title").asString(null));
    }

    private static @Nullable Source source(JsonNode source) {
        return switch (source.path("type").asString("")) {
            case "base64" ->
                new Source.Inline(
                        source.path("media_type").asString(""),
                        source.path("data").asString(""));
            case "url" -> new Source.Remote(source.path("url").asString(""));
            case "file" -> new Source.Stored(source.path("file_id").asString(""));
            case "text" -> new Source.Plain(source.path("data").asString(""));
            default -> null;
        };
    }

    private Block searchResult(JsonNode block) {
        String text = new Turn(Turn.Role.USER, blocks(block.path("content"), -1)).text("\n\n");
        return new Block.Document(
                new Source.Plain(text),
                block.path("title").asString(block.path("source").asString(null)));
    }
}
