package dev.ccproxy.session;

import org.jspecify.annotations.Nullable;

/**
 * The name of a subagent, and how it became known.
 *
 * @param agentId such as {@code a0123456789abcdef}
 * @param name its type, such as {@code code-reviewer}
 * @param call id of the tool call that started it; null where only a hint tells
 */
public record AgentName(
        String agentId,
        String name,
        NameSource source,
        @Nullable String call) {}
