package dev.ccproxy.openai;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code usage} object of an answer. Tokens read from and written to the cache are counted in the prompt too.
 *
 * @param cached tokens read from the cache, -1 where the provider does not say
 * @param cacheWritten tokens written to the cache, -1 where the provider does not say
 */
public record OpenAiUsage(long prompt, long cached, long cacheWritten, long completion, long reasoning) {

    /** Reads the usage of Chat Completions, with the names that DeepSeek and Moonshot have for cached tokens. */
    public static OpenAiUsage ofChat(JsonNode usage) {
        JsonNode details = usage.path("prompt_tokens_details");
        long cached = details.path("cached_tokens")
                .asLong(usage.path("prompt_cache_hit_tokens")
                        .asLong(usage.path("cached_tokens").asLong(-1)));
        return new OpenAiUsage(
                usage.path("prompt_tokens").asLong(0),
                cached,
                details.path("cache_write_tokens").asLong(-1),
                usage.path("completion_tokens").asLong(0),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong(0));
    }

    /** Reads the usage of Responses. */
    public static OpenAiUsage ofResponses(JsonNode usage) {
        JsonNode details = usage.path("input_tokens_details");
        return new OpenAiUsage(
                usage.path("input_tokens").asLong(0),
                details.path("cached_tokens").asLong(-1),
                details.path("cache_write_tokens").asLong(-1),
                usage.path("output_tokens").asLong(0),
                usage.path("output_tokens_details").path("reasoning_tokens").asLong(0));
    }

    /** As Chat Completions writes it. */
    public ObjectNode asChat() {
        ObjectNode usage = JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        if (cached >= 0 || cacheWritten >= 0) {
            ObjectNode details = usage.putObject("prompt_tokens_details").put("cached_tokens", Math.max(0, cached));
            if (cacheWritten >= 0) {
                details.put("cache_write_tokens", cacheWritten);
            }
        }
        if (reasoning > 0) {
            usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoning);
        }
        return usage;
    }

    /** As Responses writes it, where the details are never left out. */
    public ObjectNode asResponses() {
        ObjectNode usage = JsonNodeFactory.instance.objectNode().put("input_tokens", prompt);
        usage.putObject("input_tokens_details")
                .put("cached_tokens", Math.max(0, cached))
                .put("cache_write_tokens", Math.max(0, cacheWritten));
        usage.put("output_tokens", completion);
        usage.putObject("output_tokens_details").put("reasoning_tokens", reasoning);
        return usage.put("total_tokens", prompt + completion);
    }
}
