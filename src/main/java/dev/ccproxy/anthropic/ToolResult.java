package dev.ccproxy.anthropic;

import org.jspecify.annotations.Nullable;

/**
 * A tool result that a request brings.
 *
 * @param call id of the tool call, such as {@code toolu_01KK}
 * @param agentId the subagent that the result tells of, such as {@code a0123456789abcdef}; null where it tells of none
 */
public record ToolResult(
        String call, boolean error, @Nullable String agentId) {}
