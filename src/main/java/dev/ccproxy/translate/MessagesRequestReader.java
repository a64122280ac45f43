package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.translate.ModelRequest.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests of the Messages API. */
final class MessagesRequestReader implements RequestReader {

    static final String BILLING_BLOCK = "x-anthropic-billing-header:";

    private final Set<Loss> losses;

    MessagesRequestReader(Set<Loss> losses) {
        this.losses = losses;
    }

    @Override
    public ModelRequest read(ObjectNode body, Bytes text) {
        body.propertyNames().forEach(this::member);
        List<Turn> turns = new ArrayList<>();
        system(body.path("system"), turns);
        new MessagesContent(losses, ToolInputs.of(text)).addTurns(body.path("messages"), turns);
        JsonNode choice = body.path("tool_choice");
        JsonNode user = body.path("metadata").path("user_id");
        if (body.path("metadata").size() > (user.isString() ? 1 : 0)) {
            losses.add(Loss.METADATA);
        }
        return new ModelRequest(
                body.path("model").asString(""),
                turns,
                tools(body.path("tools")),
                toolChoice(choice),
                choice.path("disable_parallel_tool_use").asBoolean(false),
                body.path("max_tokens").asLong(0),
                new Sampling(body.get("temperature"), body.get("top_p"), body.get("top_k"), stops(body)),
                reasoning(body),
                format(body),
                user.isString() ? user.stringValue() : null,
                body.path("stream").asBoolean(false));
    }

    private void member(String name) {
        switch (name) {
            case "model", "messages", "system", "tools", "tool_choice", "max_tokens", "temperature", "top_p" -> {}
            case "top_k", "stop_sequences", "thinking", "output_config", "output_format", "metadata", "stream" -> {}
            case "context_management" -> losses.add(Loss.CONTEXT_MANAGEMENT);
            case "safeguards" -> losses.add(Loss.SAFEGUARDS);
            case "service_tier", "speed", "inference_geo" -> losses.add(Loss.SERVICE_TIER);
            case "container", "mcp_servers" -> losses.add(Loss.SERVER_TOOL);
            case "cache_control" -> losses.add(Loss.CACHE_CONTROL);
            default -> losses.add(Loss.UNKNOWN_MEMBER);
        }
    }

    /** The client's line about itself is for Anthropic only. */
    private void system(JsonNode system, List<Turn> turns) {
        List<Block> blocks = new ArrayList<>();
        if (system.isString()) {
            blocks.add(new Block.Text(system.stringValue()));
        }
        for (JsonNode block : system) {
            String text = block.path("text").asString("");
            if (!text.startsWith(BILLING_BLOCK)) {
                blocks.add(new Block.Text(text));
            }
            if (block.has("cache_control")) {
                losses.add(Loss.CACHE_CONTROL);
            }
        }
        if (!blocks.isEmpty()) {
            turns.add(new Turn(Turn.Role.SYSTEM, blocks));
        }
    }

    private List<Tool> tools(JsonNode tools) {
        List<Tool> offered = new ArrayList<>();
        for (JsonNode tool : tools) {
            String type = tool.path("type").asString("custom");
            if (!type.equals("custom") || !tool.path("name").isString()) {
                losses.add(Loss.SERVER_TOOL);
                continue;
            }
            toolMembers(tool);
            offered.add(new Tool(
                    tool.path("name").stringValue(),
                    tool.path("description").asString(null),
                    tool.get("input_schema")));
        }
        return offered;
    }

    private void toolMembers(JsonNode tool) {
        for (String name : tool.propertyNames()) {
            switch (name) {
                case "type", "name", "description", "input_schema" -> {}
                case "cache_control" -> losses.add(Loss.CACHE_CONTROL);
                default -> losses.add(Loss.TOOL_MEMBERS);
            }
        }
    }

    private static ToolChoice toolChoice(JsonNode choice) {
        return switch (choice.path("type").asString("")) {
            case "any" -> new ToolChoice.Any();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(choice.path("name").asString(""));
            default -> new ToolChoice.Auto();
        };
    }

    private static List<String> stops(ObjectNode body) {
        return body.path("stop_sequences")
                .valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }

    private static Reasoning reasoning(ObjectNode body) {
        JsonNode thinking = body.path("thinking");
        Reasoning.Wish wish = switch (thinking.path("type").asString("")) {
            case "enabled" -> Reasoning.Wish.ON;
            case "adaptive" -> Reasoning.Wish.ADAPTIVE;
            case "disabled" -> Reasoning.Wish.OFF;
            default -> Reasoning.Wish.UNSAID;
        };
        String effort = body.path("output_config").path("effort").asString(null);
        return new Reasoning(wish, thinking.path("budget_tokens").asLong(0), effort);
    }

    private AnswerFormat format(ObjectNode body) {
        for (Map.Entry<String, JsonNode> member : body.path("output_config").properties()) {
            if (!member.getKey().equals("effort") && !member.getKey().equals("format")) {
                losses.add(Loss.UNKNOWN_MEMBER);
            }
        }
        // output_format is where the schema stood while the feature was in beta.
        JsonNode schema = schema(body.path("output_config").path("format"));
        JsonNode olderSchema = schema(body.path("output_format"));
        if (olderSchema == null && body.has("output_format")) {
            losses.add(Loss.UNKNOWN_MEMBER);
        }
        JsonNode wanted = schema == null ? olderSchema : schema;
        return wanted == null ? new AnswerFormat.Free() : new AnswerFormat.OfSchema(wanted);
    }

    private static @Nullable JsonNode schema(JsonNode format) {
        return format.path("type").asString("").equals("json_schema") ? format.get("schema") : null;
    }
}
