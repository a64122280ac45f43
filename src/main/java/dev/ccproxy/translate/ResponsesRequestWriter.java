package dev.ccproxy.translate;

import dev.ccproxy.translate.ModelTraits.Thinks;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes requests of Responses. Nothing is left with the provider: what it thought comes back to it, encrypted. */
final class ResponsesRequestWriter implements RequestWriter {

    private final Set<Loss> losses;

    ResponsesRequestWriter(Set<Loss> losses) {
        this.losses = losses;
    }

    @Override
    public ObjectNode write(ModelRequest request) {
        ModelTraits traits = ModelTraits.of(request.model());
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", request.model());
        List<Turn> turns = request.turns();
        if (!turns.isEmpty() && turns.getFirst().role() == Turn.Role.SYSTEM) {
            body.put("instructions", turns.getFirst().text("\n\n"));
            turns = turns.subList(1, turns.size());
        }
        new ResponsesInput(losses, body.putArray("input")).add(turns);
        long most = ChatRequestWriter.mostTokens(request, traits, losses);
        if (most > 0) {
            body.put("max_output_tokens", most);
        }
        ChatRequestWriter.temperatureAndTopP(request.sampling(), traits, losses, body);
        if (!request.sampling().stops().isEmpty()) {
            losses.add(Loss.STOP_SEQUENCES);
        }
        tools(request, traits, body);
        reasoning(request, traits, body);
        format(request.format(), body);
        if (request.user() != null) {
            body.put("user", ChatRequestWriter.hashed(request.user()));
        }
        return body.put("store", false).put("stream", request.stream());
    }

    private void tools(ModelRequest request, ModelTraits traits, ObjectNode body) {
        if (request.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        for (Tool tool : request.tools()) {
            ObjectNode written =
                    tools.addObject().put("type", "function").put("name", ToolNames.shortened(tool.name()));
            if (tool.description() != null) {
                written.put("description", tool.description());
            }
            written.set("parameters", ChatRequestWriter.parameters(tool));
            // The API's own default is strict, which refuses schemas with optional members.
            written.put("strict", false);
        }
        switch (request.toolChoice()) {
            case ToolChoice.Auto _ -> {
                // The default.
            }
            case ToolChoice.Any _ -> body.put("tool_choice", "required");
            case ToolChoice.None _ -> body.put("tool_choice", "none");
            case ToolChoice.Named named ->
                body.putObject("tool_choice").put("type", "function").put("name", ToolNames.shortened(named.name()));
        }
        if (request.oneToolAtATime()) {
            ChatRequestWriter.oneAtATime(traits, losses, body);
        }
    }

    private void reasoning(ModelRequest request, ModelTraits traits, ObjectNode body) {
        String effort = Effort.of(request.reasoning(), traits, losses);
        if (effort != null) {
            body.putObject("reasoning").put("effort", effort);
        }
        if (traits.thinks() == Thinks.YES) {
            body.putArray("include").add("reasoning.encrypted_content");
        }
    }

    private static void format(AnswerFormat format, ObjectNode body) {
        switch (format) {
            case AnswerFormat.Free _ -> {
                // The default.
            }
            case AnswerFormat.AnyObject _ ->
                body.putObject("text").putObject("format").put("type", "json_object");
            case AnswerFormat.OfSchema schema ->
                body.putObject("text")
                        .putObject("format")
                        .put("type", "json_schema")
                        .put("name", "structured_output")
                        .set("schema", schema.schema());
        }
    }
}
