package dev.ccproxy.translate;

import dev.ccproxy.translate.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the messages of a Chat Completions request. */
final class ChatMessages {

    /** Between texts that become one. */
    private static final String BLANK_LINE = "\n\n";

    private final Set<Quirk> quirks;
    private final Set<Loss> losses;
    private final ArrayNode messages;

    ChatMessages(Set<Quirk> quirks, Set<Loss> losses, ArrayNode messages) {
        this.quirks = quirks;
        this.losses = losses;
        this.messages = messages;
    }

    void add(List<Turn> turns) {
        for (Turn turn : turns) {
            switch (turn.role()) {
                case SYSTEM -> system(turn);
                case USER -> user(turn);
                case ASSISTANT -> assistant(turn);
            }
        }
        if (!turns.isEmpty() && turns.getLast().role() == Role.ASSISTANT) {
            losses.add(Loss.PREFILL);
        }
    }

    private void system(Turn turn) {
        String text = turn.text(BLANK_LINE);
        if (!text.isEmpty()) {
            messages.addObject().put("role", "system").put("content", text);
        }
    }

    /** Results first: they must follow the calls. */
    private void user(Turn turn) {
        List<ObjectNode> parts = new ArrayList<>();
        for (Block block : turn.blocks()) {
            if (block instanceof Block.ToolResult result) {
                result(result, parts);
            }
        }
        for (Block block : turn.blocks()) {
            part(block, parts);
        }
        if (parts.isEmpty()) {
            return;
        }
        ObjectNode message = messages.addObject().put("role", "user");
        boolean onlyText = parts.stream().allMatch(part -> part.has("text"));
        if (onlyText && (parts.size() == 1 || quirks.contains(Quirk.PLAIN_TEXT))) {
            message.put("content", texts(parts));
        } else {
            message.putArray("content").addAll(parts);
        }
    }

    private static String texts(List<ObjectNode> parts) {
        return parts.stream().map(part -> part.path("text").asString("")).collect(Collectors.joining(BLANK_LINE));
    }

    private void result(Block.ToolResult result, List<ObjectNode> behind) {
        List<ObjectNode> parts = new ArrayList<>();
        result.content().forEach(block -> part(block, parts));
        List<ObjectNode> texts = parts.stream().filter(part -> part.has("text")).toList();
        List<ObjectNode> media =
                parts.stream().filter(part -> !part.has("text")).toList();
        if (result.failed()) {
            losses.add(Loss.TOOL_RESULT_FAILED);
        }
        String text = texts(texts);
        if (!media.isEmpty()) {
            losses.add(Loss.TOOL_RESULT_MEDIA);
            behind.add(textPart("Of the result of tool call " + result.callId() + ":"));
            behind.addAll(media);
            text = text.isEmpty() ? "The result is in the next message." : text;
        }
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", text);
    }

    private void part(Block block, List<ObjectNode> parts) {
        switch (block) {
            case Block.Text text when !text.text().isEmpty() -> parts.add(textPart(text.text()));
            case Block.Image image -> {
                String url = url(image.source());
                if (url == null) {
                    losses.add(Loss.STORED_FILE);
                } else {
                    ObjectNode part = JsonNodeFactory.instance.objectNode().put("type", "image_url");
                    part.putObject("image_url").put("url", url);
                    parts.add(part);
                }
            }
            case Block.Document document -> document(document, parts);
            case Block.Text _, Block.ToolCall _, Block.ToolResult _, Block.Thinking _ -> {
                // Empty, or of another place.
            }
        }
    }

    private static ObjectNode textPart(String text) {
        return JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text);
    }

    private static @Nullable String url(Source source) {
        return switch (source) {
            case Source.Inline inline -> inline.dataUrl();
            case Source.Remote remote -> remote.url();
            case Source.Stored _, Source.Plain _ -> null;
        };
    }

    private void document(Block.Document document, List<ObjectNode> parts) {
        switch (document.source()) {
            case Source.Plain plain -> parts.add(textPart(titled(document, plain.text())));
            case Source.Inline inline -> {
                ObjectNode part = JsonNodeFactory.instance.objectNode().put("type", "file");
                String name = document.title() == null ? "document.pdf" : document.title();
                part.putObject("file").put("filename", name).put("file_data", inline.dataUrl());
                parts.add(part);
            }
            case Source.Remote _ -> losses.add(Loss.DOCUMENT);
            case Source.Stored _ -> losses.add(Loss.STORED_FILE);
        }
    }

    static String titled(Block.Document document, String text) {
        return document.title() == null ? text : document.title() + BLANK_LINE + text;
    }

    private void assistant(Turn turn) {
        // Blocks of one answer are pieces of one text: citations cut it.
        String text = turn.text("");
        List<Block.ToolCall> calls = turn.blocks().stream()
                .filter(Block.ToolCall.class::isInstance)
                .map(Block.ToolCall.class::cast)
                .toList();
        String thought = thought(turn);
        if (text.isEmpty() && calls.isEmpty()) {
            return;
        }
        ObjectNode message = messages.addObject().put("role", "assistant");
        message.put("content", text.isEmpty() ? null : text);
        if (thought != null) {
            message.put("reasoning_content", thought);
        }
        if (calls.isEmpty()) {
            return;
        }
        ArrayNode written = message.putArray("tool_calls");
        for (Block.ToolCall call : calls) {
            ObjectNode one = written.addObject().put("id", call.id()).put("type", "function");
            one.putObject("function")
                    .put("name", ToolNames.shortened(call.name()))
                    .put("arguments", call.arguments());
        }
    }

    private @Nullable String thought(Turn turn) {
        StringBuilder thought = new StringBuilder();
        for (Block block : turn.blocks()) {
            if (block instanceof Block.Thinking thinking) {
                boolean ours = thinking.signature() != null && ThinkingSeal.isOurs(thinking.signature());
                if (ours && quirks.contains(Quirk.REASONING_BACK)) {
                    thought.append(thinking.text());
                } else {
                    losses.add(Loss.THINKING_HISTORY);
                }
            }
        }
        return thought.isEmpty() ? null : thought.toString();
    }
}
