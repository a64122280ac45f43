package dev.ccproxy.translate;

import dev.ccproxy.translate.ModelTraits.Thinks;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes requests of Chat Completions. */
final class ChatRequestWriter implements RequestWriter {

    private static final int MOST_STOPS = 4;
    private static final int USER_DIGITS = 16;

    private final Set<Quirk> quirks;
    private final Set<Loss> losses;

    ChatRequestWriter(Set<Quirk> quirks, Set<Loss> losses) {
        this.quirks = quirks;
        this.losses = losses;
    }

    @Override
    public ObjectNode write(ModelRequest request) {
        ModelTraits traits = ModelTraits.of(request.model());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", request.model());
        ArrayNode messages = body.putArray("messages");
        new ChatMessages(quirks, losses, messages).add(request.turns());
        limit(request, traits, body);
        sampling(request.sampling(), traits, body);
        tools(request, traits, body);
        effort(request, traits, body);
        format(request.format(), body, messages);
        if (request.user() != null) {
            body.put("user", hashed(request.user()));
        }
        body.put("stream", request.stream());
        if (request.stream() && !quirks.contains(Quirk.NO_STREAM_USAGE)) {
            body.putObject("stream_options").put("include_usage", true);
        }
        return body;
    }

    /** The client's id of its user holds ids of the device and the account. */
    static String hashed(String user) {
        return "user_" + Digest.of(user, USER_DIGITS);
    }

    private void limit(ModelRequest request, ModelTraits traits, ObjectNode body) {
        long most = mostTokens(request, traits, losses);
        if (most > 0) {
            body.put(quirks.contains(Quirk.MAX_TOKENS) ? "max_tokens" : "max_completion_tokens", most);
        }
    }

    /** The limit that the client named, or the model's own where that is lower; 0 where none is named. */
    static long mostTokens(ModelRequest request, ModelTraits traits, Set<Loss> losses) {
        if (traits.mostTokens() > 0 && request.maxTokens() > traits.mostTokens()) {
            losses.add(Loss.MAX_TOKENS);
            return traits.mostTokens();
        }
        return request.maxTokens();
    }

    private void sampling(ModelRequest.Sampling sampling, ModelTraits traits, ObjectNode body) {
        temperatureAndTopP(sampling, traits, losses, body);
        List<String> stops = sampling.stops();
        boolean refused = traits.thinks() == Thinks.YES;
        if (!stops.isEmpty() && (refused || stops.size() > MOST_STOPS)) {
            losses.add(Loss.STOP_SEQUENCES);
        }
        if (!stops.isEmpty() && !refused) {
            ArrayNode stop = body.putArray("stop");
            stops.stream().limit(MOST_STOPS).forEach(stop::add);
        }
    }

    static void temperatureAndTopP(
            ModelRequest.Sampling sampling, ModelTraits traits, Set<Loss> losses, ObjectNode body) {
        if (sampling.topK() != null) {
            losses.add(Loss.TOP_K);
        }
        drawing("temperature", sampling.temperature(), traits, losses, body);
        drawing("top_p", sampling.topP(), traits, losses, body);
    }

    /** Models that think take only 1, which is the default. */
    private static void drawing(
            String name, @Nullable JsonNode value, ModelTraits traits, Set<Loss> losses, ObjectNode body) {
        if (value == null || !value.isNumber()) {
            return;
        }
        if (traits.thinks() != Thinks.YES) {
            body.set(name, value);
        } else if (value.asDouble() != 1) {
            losses.add(Loss.SAMPLING);
        }
    }

    private void tools(ModelRequest request, ModelTraits traits, ObjectNode body) {
        if (request.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        for (Tool tool : request.tools()) {
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", ToolNames.shortened(tool.name()));
            if (tool.description() != null) {
                function.put("description", tool.description());
            }
            function.set("parameters", parameters(tool));
        }
        switch (request.toolChoice()) {
            case ToolChoice.Auto _ -> {
                // The default.
            }
            case ToolChoice.Any _ -> body.put("tool_choice", "required");
            case ToolChoice.None _ -> body.put("tool_choice", "none");
            case ToolChoice.Named named -> {
                ObjectNode choice = body.putObject("tool_choice").put("type", "function");
                choice.putObject("function").put("name", ToolNames.shortened(named.name()));
            }
        }
        if (request.oneToolAtATime()) {
            oneAtATime(traits, losses, body);
        }
    }

    static void oneAtATime(ModelTraits traits, Set<Loss> losses, ObjectNode body) {
        if (traits.oSeries()) {
            losses.add(Loss.PARALLEL_TOOL_CALLS);
        } else {
            body.put("parallel_tool_calls", false);
        }
    }

    static JsonNode parameters(Tool tool) {
        if (tool.schema() != null && tool.schema().isObject()) {
            return tool.schema();
        }
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties");
        return schema;
    }

    private void effort(ModelRequest request, ModelTraits traits, ObjectNode body) {
        Reasoning reasoning = request.reasoning();
        if (!traits.thinksWithTools() && !request.tools().isEmpty()) {
            // Without a word the model thinks by default, and refuses its tools for it.
            body.put("reasoning_effort", "none");
            if (reasoning.wanted()) {
                losses.add(Loss.THINKING_WITH_TOOLS);
            }
            return;
        }
        String effort = Effort.of(reasoning, traits, losses);
        if (effort != null && quirks.contains(Quirk.NO_EFFORT)) {
            losses.add(Loss.EFFORT);
        } else if (effort != null) {
            body.put("reasoning_effort", effort);
        }
    }

    private void format(AnswerFormat format, ObjectNode body, ArrayNode messages) {
        switch (format) {
            case AnswerFormat.Free _ -> {
                // The default.
            }
            case AnswerFormat.AnyObject _ -> body.putObject("response_format").put("type", "json_object");
            case AnswerFormat.OfSchema schema
            when quirks.contains(Quirk.NO_JSON_SCHEMA) -> {
                losses.add(Loss.JSON_SCHEMA);
                body.putObject("response_format").put("type", "json_object");
                messages.insertObject(0)
                        .put("role", "system")
                        .put("content", SchemaInstruction.of(schema.schema().toString()));
            }
            case AnswerFormat.OfSchema schema -> {
                ObjectNode named = body.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema");
                named.put("name", "structured_output").set("schema", schema.schema());
            }
        }
    }
}
