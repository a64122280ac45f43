package dev.ccproxy.anthropic;

import org.jspecify.annotations.Nullable;

/**
 * A tool call of an answer.
 *
 * @param id such as {@code toolu_01KK}
 * @param input fingerprint of its arguments
 * @param errand what a subagent is asked to do; null where the call starts none
 */
public record ToolCall(
        String id, String name, long input, @Nullable Errand errand) {

    /**
     * What a subagent is asked to do.
     *
     * @param agent its type, such as {@code code-reviewer}
     * @param description a few words for people
     * @param prompt fingerprint of the prompt
     */
    public record Errand(String agent, String description, long prompt) {}
}
