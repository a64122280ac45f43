package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.translate.ModelRequest.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests of Chat Completions. */
final class ChatRequestReader implements RequestReader {

    private final Set<Loss> losses;

    ChatRequestReader(Set<Loss> losses) {
        this.losses = losses;
    }

    @Override
    public ModelRequest read(ObjectNode body, Bytes text) {
        body.properties().forEach(member -> member(member.getKey(), member.getValue()));
        boolean older = !body.path("tools").isArray() && body.path("functions").isArray();
        return new ModelRequest(
                body.path("model").asString(""),
                new ChatContent(losses).turns(body.path("messages")),
                older ? functions(body.path("functions")) : tools(body.path("tools")),
                toolChoice(body.path(older ? "function_call" : "tool_choice")),
                !body.path("parallel_tool_calls").asBoolean(true),
                body.path("max_completion_tokens")
                        .asLong(body.path("max_tokens").asLong(0)),
                new Sampling(body.get("temperature"), body.get("top_p"), body.get("top_k"), stops(body.path("stop"))),
                reasoning(body.path("reasoning_effort").asString(null)),
                format(body.path("response_format")),
                body.path("user").asString(null),
                body.path("stream").asBoolean(false));
    }

    private void member(String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        switch (name) {
            case "model", "messages", "tools", "tool_choice", "functions", "function_call", "top_k", "user" -> {}
            case "parallel_tool_calls", "max_completion_tokens", "max_tokens", "temperature", "top_p", "stop" -> {}
            case "reasoning_effort", "response_format", "stream", "stream_options" -> {}
            case "n" -> lostIf(value.asLong(1) > 1, Loss.CHOICES);
            case "presence_penalty", "frequency_penalty", "logit_bias" -> losses.add(Loss.PENALTIES);
            case "seed" -> losses.add(Loss.SEED);
            case "logprobs", "top_logprobs" -> lostIf(value.asBoolean(true), Loss.LOG_PROBABILITIES);
            case "audio", "modalities" -> losses.add(Loss.AUDIO);
            case "prediction" -> losses.add(Loss.PREDICTION);
            case "metadata", "store", "safety_identifier" -> losses.add(Loss.METADATA);
            case "service_tier" -> losses.add(Loss.SERVICE_TIER);
            case "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options" -> losses.add(Loss.CACHE_CONTROL);
            case "web_search_options" -> losses.add(Loss.SERVER_TOOL);
            default -> losses.add(Loss.UNKNOWN_MEMBER);
        }
    }

    private void lostIf(boolean said, Loss loss) {
        if (said) {
            losses.add(loss);
        }
    }

    private List<Tool> tools(JsonNode tools) {
        List<Tool> offered = new ArrayList<>();
        for (JsonNode tool : tools) {
            if (tool.path("type").asString("").equals("function")) {
                offered.add(function(tool.path("function")));
            } else {
                losses.add(Loss.SERVER_TOOL);
            }
        }
        return offered;
    }

    private List<Tool> functions(JsonNode functions) {
        return functions.valueStream().map(this::function).toList();
    }

    private Tool function(JsonNode function) {
        for (String name : function.propertyNames()) {
            switch (name) {
                case "name", "description", "parameters" -> {}
                default -> losses.add(Loss.TOOL_MEMBERS);
            }
        }
        return new Tool(
                function.path("name").asString(""),
                function.path("description").asString(null),
                function.get("parameters"));
    }

    private static ToolChoice toolChoice(JsonNode choice) {
        String name = choice.path("function")
                .path("name")
                .asString(choice.path("name").asString(null));
        if (name != null) {
            return new ToolChoice.Named(name);
        }
        return switch (choice.asString("")) {
            case "required" -> new ToolChoice.Any();
            case "none" -> new ToolChoice.None();
            default -> new ToolChoice.Auto();
        };
    }

    private static List<String> stops(JsonNode stop) {
        return stop.isString()
                ? List.of(stop.stringValue())
                : stop.valueStream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .toList();
    }

    private static Reasoning reasoning(@Nullable String effort) {
        return effort == null
                ? Reasoning.UNSAID
                : new Reasoning(effort.equals("none") ? Reasoning.Wish.OFF : Reasoning.Wish.ON, 0, effort);
    }

    private static AnswerFormat format(JsonNode format) {
        JsonNode schema = format.path("json_schema").get("schema");
        return switch (format.path("type").asString("")) {
            case "json_object" -> new AnswerFormat.AnyObject();
            case "json_schema" -> schema == null ? new AnswerFormat.AnyObject() : new AnswerFormat.OfSchema(schema);
            default -> new AnswerFormat.Free();
        };
    }
}
