package dev.ccproxy.translate;

import dev.ccproxy.openai.OpenAiUsage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer used. Tokens of the cache are not in {@code input}, as with Anthropic and other than with OpenAI.
 *
 * @param cacheRead -1 where the provider does not say
 * @param cacheWrite -1 where the provider does not say
 */
record TokenCounts(long input, long cacheRead, long cacheWrite, long output, long reasoning) {

    static final TokenCounts NONE = new TokenCounts(0, -1, -1, 0, 0);

    static TokenCounts of(OpenAiUsage usage) {
        long outside = Math.max(0, usage.cached()) + Math.max(0, usage.cacheWritten());
        return new TokenCounts(
                Math.max(0, usage.prompt() - outside),
                usage.cached(),
                usage.cacheWritten(),
                usage.completion(),
                usage.reasoning());
    }

    /** With what a later event of a Messages stream says; it may leave out what an earlier one said. */
    TokenCounts with(JsonNode usage) {
        return new TokenCounts(
                usage.path("input_tokens").asLong(input),
                usage.path("cache_read_input_tokens").asLong(cacheRead),
                usage.path("cache_creation_input_tokens").asLong(cacheWrite),
                usage.path("output_tokens").asLong(output),
                usage.path("output_tokens_details").path("thinking_tokens").asLong(reasoning));
    }

    OpenAiUsage asOpenAi() {
        return new OpenAiUsage(
                input + Math.max(0, cacheRead) + Math.max(0, cacheWrite), cacheRead, cacheWrite, output, reasoning);
    }

    ObjectNode asMessages() {
        ObjectNode usage = JsonNodeFactory.instance.objectNode().put("input_tokens", input);
        if (cacheWrite >= 0) {
            usage.put("cache_creation_input_tokens", cacheWrite);
        }
        if (cacheRead >= 0) {
            usage.put("cache_read_input_tokens", cacheRead);
        }
        return usage.put("output_tokens", output);
    }
}
