package dev.ccproxy.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Where a request went instead of where the client sent it.
 *
 * @param provider who was asked, such as {@code openai}
 * @param model what was asked of it, such as {@code gpt-4o}
 * @param rule which rule said so
 * @param agent the name of the agent that asked; null where it has none, nobody needed to know, and in lists
 */
public record RouteTaken(
        String provider,
        String model,
        String rule,
        @Nullable String agent) {}
