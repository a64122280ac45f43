package dev.ccproxy.insight;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to the Messages API as the parts of its prompt, in the order in which the prompt cache sees them: tools, system,
 * messages.
 *
 * @param parameters all members of the body that are no part of the prompt, such as {@code model}
 * @param messages how many there are
 */
public record Prompt(List<PromptPart> parts, ObjectNode parameters, int messages) {

    public Prompt {
        parts = List.copyOf(parts);
    }

    /** Reads a body; empty when it is no JSON object. */
    public static Optional<Prompt> of(Json json, Bytes body) {
        return json.tree(body).flatMap(tree -> of(json, tree));
    }

    private static Optional<Prompt> of(Json json, JsonNode tree) {
        if (!(tree instanceof ObjectNode body)) {
            return Optional.empty();
        }
        ObjectNode parameters = body.deepCopy();
        parameters.remove(List.of("tools", "system", "messages"));
        return Optional.of(new Prompt(
                new PromptReader(json).read(body),
                parameters,
                body.path("messages").size()));
    }

    /** A prompt of nothing but these of its parts. */
    public Prompt only(List<PromptPart> some) {
        ObjectNode none = parameters.deepCopy();
        none.removeAll();
        return new Prompt(some, none, 0);
    }

    /** The estimates of all parts together. */
    public long estimatedTokens() {
        return parts.stream().mapToLong(PromptPart::estimatedTokens).sum();
    }
}
