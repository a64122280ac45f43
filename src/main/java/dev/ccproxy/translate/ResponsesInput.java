package dev.ccproxy.translate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the input items of a Responses request. */
final class ResponsesInput {

    private final Set<Loss> losses;
    private final ArrayNode items;

    ResponsesInput(Set<Loss> losses, ArrayNode items) {
        this.losses = losses;
        this.items = items;
    }

    void add(List<Turn> turns) {
        for (Turn turn : turns) {
            switch (turn.role()) {
                case SYSTEM -> message("system", turn.blocks());
                case USER -> user(turn);
                case ASSISTANT -> turn.blocks().forEach(this::answered);
            }
        }
        if (!turns.isEmpty() && turns.getLast().role() == Turn.Role.ASSISTANT) {
            losses.add(Loss.PREFILL);
        }
    }

    private void user(Turn turn) {
        for (Block block : turn.blocks()) {
            if (block instanceof Block.ToolResult result) {
                result(result);
            }
        }
        message("user", turn.blocks());
    }

    private void message(String role, List<Block> blocks) {
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        blocks.forEach(block -> part(block, content));
        if (!content.isEmpty()) {
            items.addObject().put("type", "message").put("role", role).set("content", content);
        }
    }

    private void result(Block.ToolResult result) {
        if (result.failed()) {
            losses.add(Loss.TOOL_RESULT_FAILED);
        }
        ObjectNode item = items.addObject().put("type", "function_call_output").put("call_id", result.callId());
        if (result.content().stream().allMatch(Block.Text.class::isInstance)) {
            item.put("output", new Turn(Turn.Role.USER, result.content()).text("\n\n"));
        } else {
            ArrayNode output = item.putArray("output");
            result.content().forEach(block -> part(block, output));
        }
    }

    private void part(Block block, ArrayNode parts) {
        switch (block) {
            case Block.Text text -> textPart(text.text(), parts);
            case Block.Image image -> image(image.source(), parts);
            case Block.Document document -> document(document, parts);
            case Block.ToolCall _, Block.ToolResult _, Block.Thinking _ -> {
                // Items of their own.
            }
        }
    }

    private static void textPart(String text, ArrayNode parts) {
        if (!text.isEmpty()) {
            parts.addObject().put("type", "input_text").put("text", text);
        }
    }

    private static void image(Source source, ArrayNode parts) {
        ObjectNode part = parts.addObject().put("type", "input_image");
        switch (source) {
            case Source.Inline inline -> part.put("image_url", inline.dataUrl());
            case Source.Remote remote -> part.put("image_url", remote.url());
            case Source.Stored stored -> part.put("file_id", stored.fileId());
            case Source.Plain plain -> part.put("image_url", plain.text());
        }
        part.put("detail", "auto");
    }

    private static void document(Block.Document document, ArrayNode parts) {
        switch (document.source()) {
            case Source.Plain plain -> textPart(ChatMessages.titled(document, plain.text()), parts);
            case Source.Inline inline ->
                parts.addObject()
                        .put("type", "input_file")
                        .put("filename", document.title() == null ? "document.pdf" : document.title())
                        .put("file_data", inline.dataUrl());
            case Source.Remote remote ->
                parts.addObject().put("type", "input_file").put("file_url", remote.url());
            case Source.Stored stored ->
                parts.addObject().put("type", "input_file").put("file_id", stored.fileId());
        }
    }

    private void answered(Block block) {
        switch (block) {
            case Block.Text text -> {
                if (!text.text().isEmpty()) {
                    ObjectNode message =
                            items.addObject().put("type", "message").put("role", "assistant");
                    message.putArray("content")
                            .addObject()
                            .put("type", "output_text")
                            .put("text", text.text());
                }
            }
            case Block.ToolCall call ->
                items.addObject()
                        .put("type", "function_call")
                        .put("call_id", call.id())
                        .put("name", ToolNames.shortened(call.name()))
                        .put("arguments", call.arguments());
            case Block.Thinking thinking -> thought(thinking);
            case Block.Image _, Block.Document _, Block.ToolResult _ -> losses.add(Loss.UNKNOWN_BLOCK);
        }
    }

    private void thought(Block.Thinking thinking) {
        Optional<ThinkingSeal> seal = Optional.ofNullable(thinking.signature())
                .flatMap(ThinkingSeal::of)
                .filter(ours -> !ours.encrypted().isEmpty());
        if (seal.isEmpty()) {
            losses.add(Loss.THINKING_HISTORY);
            return;
        }
        ObjectNode item =
                items.addObject().put("type", "reasoning").put("id", seal.get().itemId());
        ArrayNode summary = item.putArray("summary");
        if (!thinking.text().isEmpty()) {
            summary.addObject().put("type", "summary_text").put("text", thinking.text());
        }
        item.put("encrypted_content", seal.get().encrypted());
    }
}
