package dev.ccproxy.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request of the client as a scripted model reads it. */
public record ModelRequest(UpstreamRequest wire, JsonNode json) {

    public static ModelRequest of(UpstreamRequest wire) {
        return new ModelRequest(wire, JsonMapper.shared().readTree(wire.body().toByteArray()));
    }

    public boolean streamed() {
        return json.path("stream").asBoolean(false);
    }

    public String model() {
        return json.path("model").asString();
    }

    /** Only requests of a subagent carry it. */
    public Optional<String> agentId() {
        return wire.head().headers().first("x-claude-code-agent-id");
    }

    /** Whether any user text of the conversation contains this. */
    public boolean mentions(String text) {
        return texts().stream().anyMatch(each -> each.contains(text));
    }

    /** How many tool results the conversation holds. */
    public int toolResults() {
        int count = 0;
        for (JsonNode message : json.path("messages")) {
            for (JsonNode block : message.path("content")) {
                count += block.path("type").asString("").equals("tool_result") ? 1 : 0;
            }
        }
        return count;
    }

    /** All texts of user messages, oldest first. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : json.path("messages")) {
            if (message.path("role").asString("").equals("user")) {
                addTexts(message.path("content"), texts);
            }
        }
        return texts;
    }

    private static void addTexts(JsonNode content, List<String> texts) {
        if (content.isString()) {
            texts.add(content.asString());
        }
        for (JsonNode block : content) {
            if (block.has("text")) {
                texts.add(block.get("text").asString());
            }
        }
    }
}
