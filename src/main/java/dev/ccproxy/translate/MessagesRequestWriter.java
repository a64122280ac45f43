package dev.ccproxy.translate;

import dev.ccproxy.json.Json;
import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes requests of the Messages API. */
final class MessagesRequestWriter implements RequestWriter {

    /** The API wants a limit; Chat Completions does not. */
    private static final long DEFAULT_MOST_TOKENS = 4_096;

    /** The least that the API takes. */
    private static final long LEAST_BUDGET = 1_024;

    private final Json json;
    private final Set<Loss> losses;

    MessagesRequestWriter(Json json, Set<Loss> losses) {
        this.json = json;
        this.losses = losses;
    }

    @Override
    public ObjectNode write(ModelRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", request.model());
        body.put("max_tokens", request.maxTokens() > 0 ? request.maxTokens() : DEFAULT_MOST_TOKENS);
        String system = system(request);
        if (!system.isEmpty()) {
            body.put("system", system);
        }
        new MessagesTurns(json, losses).write(request.turns(), body.putArray("messages"));
        sampling(request.sampling(), body);
        tools(request, body);
        thinking(request, body);
        if (request.format() instanceof AnswerFormat.OfSchema schema) {
            outputConfig(body).putObject("format").put("type", "json_schema").set("schema", schema.schema());
        }
        if (request.user() != null) {
            body.putObject("metadata").put("user_id", request.user());
        }
        if (request.stream()) {
            body.put("stream", true);
        }
        return body;
    }

    private String system(ModelRequest request) {
        String system = request.turns().stream()
                .filter(turn -> turn.role() == Turn.Role.SYSTEM)
                .map(turn -> turn.text("\n\n"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
        boolean started = false;
        for (Turn turn : request.turns()) {
            started |= turn.role() != Turn.Role.SYSTEM;
            if (started && turn.role() == Turn.Role.SYSTEM) {
                losses.add(Loss.SYSTEM_MOVED);
            }
        }
        if (request.format() instanceof AnswerFormat.AnyObject) {
            // A schema of any members would be refused: the API wants additionalProperties to be false.
            losses.add(Loss.JSON_SCHEMA);
            return system.isEmpty() ? SchemaInstruction.ANY_OBJECT : system + "\n\n" + SchemaInstruction.ANY_OBJECT;
        }
        return system;
    }

    private void sampling(ModelRequest.Sampling sampling, ObjectNode body) {
        JsonNode temperature = sampling.temperature();
        if (temperature != null && temperature.isNumber()) {
            boolean hot = temperature.asDouble() > 1;
            body.set("temperature", hot ? DecimalNode.valueOf(BigDecimal.ONE) : temperature);
            if (hot) {
                losses.add(Loss.TEMPERATURE);
            }
        }
        number("top_p", sampling.topP(), body);
        number("top_k", sampling.topK(), body);
        if (!sampling.stops().isEmpty()) {
            ArrayNode stops = body.putArray("stop_sequences");
            sampling.stops().forEach(stops::add);
        }
    }

    private static void number(String name, @Nullable JsonNode value, ObjectNode body) {
        if (value != null && value.isNumber()) {
            body.set(name, value);
        }
    }

    private static void tools(ModelRequest request, ObjectNode body) {
        if (request.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        for (Tool tool : request.tools()) {
            ObjectNode written = tools.addObject().put("name", tool.name());
            if (tool.description() != null) {
                written.put("description", tool.description());
            }
            written.set("input_schema", ChatRequestWriter.parameters(tool));
        }
        ObjectNode choice = switch (request.toolChoice()) {
            case ToolChoice.Auto _ ->
                request.oneToolAtATime() ? body.putObject("tool_choice").put("type", "auto") : null;
            case ToolChoice.Any _ -> body.putObject("tool_choice").put("type", "any");
            case ToolChoice.None _ -> body.putObject("tool_choice").put("type", "none");
            case ToolChoice.Named named ->
                body.putObject("tool_choice").put("type", "tool").put("name", named.name());
        };
        if (choice != null && request.oneToolAtATime() && !(request.toolChoice() instanceof ToolChoice.None)) {
            choice.put("disable_parallel_tool_use", true);
        }
    }

    private void thinking(ModelRequest request, ObjectNode body) {
        if (!request.reasoning().wanted()) {
            return;
        }
        ClaudeTraits traits = ClaudeTraits.of(request.model());
        String effort = request.reasoning().effortOrBudget();
        if (traits.thinks() && traits.byEffort()) {
            body.putObject("thinking").put("type", "adaptive");
            if (effort != null) {
                outputConfig(body).put("effort", effort.equals("minimal") ? "low" : effort);
            }
            return;
        }
        // The budget is a part of the limit; half of it is left for the answer.
        long half = body.path("max_tokens").asLong(0) / 2;
        long budget = request.maxTokens() > 0 ? Math.min(budget(effort), half) : budget(effort);
        if (!traits.thinks() || budget < LEAST_BUDGET) {
            losses.add(Loss.THINKING_BUDGET);
            return;
        }
        if (budget > half) {
            body.put("max_tokens", budget + DEFAULT_MOST_TOKENS);
        }
        body.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
        withoutDrawing(body);
    }

    /** Thinking with a budget is refused beside these. */
    private void withoutDrawing(ObjectNode body) {
        boolean lost = body.remove("temperature") != null;
        lost |= body.remove("top_k") != null;
        if (lost) {
            losses.add(Loss.SAMPLING);
        }
    }

    private static long budget(@Nullable String effort) {
        return switch (effort == null ? "" : effort) {
            case "minimal", "low" -> 1_024;
            case "high" -> 4_096;
            case "xhigh", "max" -> 8_192;
            default -> 2_048;
        };
    }

    private static ObjectNode outputConfig(ObjectNode body) {
        return body.get("output_config") instanceof ObjectNode there ? there : body.putObject("output_config");
    }
}
