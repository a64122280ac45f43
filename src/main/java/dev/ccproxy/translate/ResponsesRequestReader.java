package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.translate.ModelRequest.Sampling;
import dev.ccproxy.translate.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests of Responses. */
final class ResponsesRequestReader implements RequestReader {

    private final Set<Loss> losses;

    ResponsesRequestReader(Set<Loss> losses) {
        this.losses = losses;
    }

    @Override
    public ModelRequest read(ObjectNode body, Bytes text) {
        body.properties().forEach(member -> member(member.getKey(), member.getValue()));
        String effort = body.path("reasoning").path("effort").asString(null);
        return new ModelRequest(
                body.path("model").asString(""),
                turns(body),
                tools(body.path("tools")),
                toolChoice(body.path("tool_choice")),
                !body.path("parallel_tool_calls").asBoolean(true),
                body.path("max_output_tokens").asLong(0),
                new Sampling(body.get("temperature"), body.get("top_p"), null, List.of()),
                effort == null ? Reasoning.UNSAID : new Reasoning(wish(effort), 0, effort),
                format(body.path("text").path("format")),
                body.path("user").asString(null),
                body.path("stream").asBoolean(false));
    }

    private void member(String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        switch (name) {
            case "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "text" -> {}
            case "max_output_tokens", "temperature", "top_p", "reasoning", "user", "stream", "include", "store" -> {}
            case "previous_response_id", "conversation" -> losses.add(Loss.STORED_CONVERSATION);
            case "metadata", "safety_identifier" -> losses.add(Loss.METADATA);
            case "service_tier" -> losses.add(Loss.SERVICE_TIER);
            case "top_logprobs" -> losses.add(Loss.LOG_PROBABILITIES);
            case "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options" -> losses.add(Loss.CACHE_CONTROL);
            default -> losses.add(Loss.UNKNOWN_MEMBER);
        }
    }

    private List<Turn> turns(ObjectNode body) {
        List<Turn> turns = new ArrayList<>();
        if (body.path("instructions").isString()) {
            turns.add(new Turn(
                    Role.SYSTEM,
                    List.of(new Block.Text(body.path("instructions").stringValue()))));
        }
        if (body.path("input").isString()) {
            turns.add(new Turn(
                    Role.USER, List.of(new Block.Text(body.path("input").stringValue()))));
        }
        for (JsonNode item : body.path("input")) {
            item(item, turns);
        }
        return turns;
    }

    private void item(JsonNode item, List<Turn> turns) {
        switch (item.path("type").asString("message")) {
            case "message" -> {
                Role role = switch (item.path("role").asString("")) {
                    case "assistant" -> Role.ASSISTANT;
                    case "system", "developer" -> Role.SYSTEM;
                    default -> Role.USER;
                };
                turns.add(new Turn(role, blocks(item.path("content"))));
            }
            case "function_call" ->
                turns.add(new Turn(
                        Role.ASSISTANT,
                        List.of(new Block.ToolCall(
                                item.path("call_id").asString(""),
                                item.path("name").asString(""),
                                item.path("arguments").asString("")))));
            case "function_call_output" ->
                turns.add(new Turn(
                        Role.USER,
                        List.of(new Block.ToolResult(
                                item.path("call_id").asString(""), blocks(item.path("output")), false))));
            case "reasoning" -> losses.add(Loss.THINKING_HISTORY);
            case "item_reference" -> losses.add(Loss.STORED_CONVERSATION);
            default -> losses.add(Loss.SERVER_TOOL_HISTORY);
        }
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
            case "input_text", "output_text", "text" ->
                new Block.Text(part.path("text").asString(""));
            case "refusal" -> new Block.Text(part.path("refusal").asString(""));
            case "input_image" -> new Block.Image(source(part, "image_url"));
            case "input_file" ->
                new Block.Document(
                        source(part, part.has("file_data") ? "file_data" : "file_url"),
                        part.path("filename").asString(null));
            default -> {
                losses.add(Loss.UNKNOWN_BLOCK);
                yield null;
            }
        };
    }

    private static Source source(JsonNode part, String urlName) {
        return part.path("file_id").isString()
                ? new Source.Stored(part.path("file_id").stringValue())
                : Source.ofUrl(part.path(urlName).asString(""));
    }

    private List<Tool> tools(JsonNode tools) {
        List<Tool> offered = new ArrayList<>();
        for (JsonNode tool : tools) {
            if (tool.path("type").asString("").equals("function")) {
                offered.add(new Tool(
                        tool.path("name").asString(""),
                        tool.path("description").asString(null),
                        tool.get("parameters")));
            } else {
                losses.add(Loss.SERVER_TOOL);
            }
        }
        return offered;
    }

    private static ToolChoice toolChoice(JsonNode choice) {
        if (choice.path("name").isString()) {
            return new ToolChoice.Named(choice.path("name").stringValue());
        }
        return switch (choice.asString("")) {
            case "required" -> new ToolChoice.Any();
            case "none" -> new ToolChoice.None();
            default -> new ToolChoice.Auto();
        };
    }

    private static Reasoning.Wish wish(String effort) {
        return effort.equals("none") ? Reasoning.Wish.OFF : Reasoning.Wish.ON;
    }

    private static AnswerFormat format(JsonNode format) {
        JsonNode schema = format.get("schema");
        return switch (format.path("type").asString("")) {
            case "json_object" -> new AnswerFormat.AnyObject();
            case "json_schema" -> schema == null ? new AnswerFormat.AnyObject() : new AnswerFormat.OfSchema(schema);
            default -> new AnswerFormat.Free();
        };
    }
}
