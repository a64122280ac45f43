package dev.ccproxy.translate;

import dev.ccproxy.translate.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the messages of a Chat Completions request. */
final class ChatContent {

    private final Set<Loss> losses;

    ChatContent(Set<Loss> losses) {
        this.losses = losses;
    }

    List<Turn> turns(JsonNode messages) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : messages) {
            if (message.has("name") && !message.path("role").asString("").equals("tool")) {
                losses.add(Loss.SPEAKER_NAME);
            }
            turns.add(
                    switch (message.path("role").asString("")) {
                        case "system", "developer" -> new Turn(Role.SYSTEM, blocks(message.path("content")));
                        case "assistant" -> new Turn(Role.ASSISTANT, assistant(message));
                        case "tool" -> result(message, message.path("tool_call_id"));
                        case "function" -> result(message, message.path("name"));
                        default -> new Turn(Role.USER, blocks(message.path("content")));
                    });
        }
        return turns;
    }

    private Turn result(JsonNode message, JsonNode callId) {
        return new Turn(
                Role.USER, List.of(new Block.ToolResult(callId.asString(""), blocks(message.path("content")), false)));
    }

    private List<Block> assistant(JsonNode message) {
        List<Block> blocks = new ArrayList<>();
        String thought = message.path("reasoning_content")
                .asString(message.path("reasoning").asString(""));
        if (!thought.isEmpty()) {
            blocks.add(new Block.Thinking(thought, null));
        }
        blocks.addAll(blocks(message.path("content")));
        String refusal = message.path("refusal").asString("");
        if (!refusal.isEmpty()) {
            blocks.add(new Block.Text(refusal));
        }
        if (message.path("audio").isObject()) {
            losses.add(Loss.AUDIO);
        }
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            blocks.add(call(call.path("id").asString(""), function));
        }
        JsonNode older = message.path("function_call");
        if (older.isObject()) {
            // Such a call has no id; its result names the function.
            blocks.add(call(older.path("name").asString(""), older));
        }
        return blocks;
    }

    private static Block call(String id, JsonNode function) {
        return new Block.ToolCall(
                id,
                function.path("name").asString(""),
                function.path("arguments").asString(""));
    }

    private List<Block> blocks(JsonNode content) {
        List<Block> blocks = new ArrayList<>();
        if (content.isString()) {
            blocks.add(new Block.Text(content.stringValue()));
        }
        for (JsonNode part : content) {
            Block block = block(part);
            if (block != null) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private @Nullable Block block(JsonNode part) {
        return switch (part.path("type").asString("")) {
            case "text" -> new Block.Text(part.path("text").asString(""));
            case "refusal" -> new Block.Text(part.path("refusal").asString(""));
            case "image_url" -> image(part.path("image_url"));
            case "file" -> file(part.path("file"));
            case "input_audio" -> lost(Loss.AUDIO);
            default -> lost(Loss.UNKNOWN_BLOCK);
        };
    }

    private Block image(JsonNode image) {
        if (!image.path("detail").asString("auto").equals("auto")) {
            losses.add(Loss.IMAGE_DETAIL);
        }
        return new Block.Image(Source.ofUrl(image.path("url").asString(image.asString(""))));
    }

    private @Nullable Block file(JsonNode file) {
        return file.path("file_data").isString()
                ? new Block.Document(
                        Source.ofUrl(file.path("file_data").stringValue()),
                        file.path("filename").asString(null))
                : lost(Loss.STORED_FILE);
    }

    private @Nullable Block lost(Loss loss) {
        losses.add(loss);
        return null;
    }
}
