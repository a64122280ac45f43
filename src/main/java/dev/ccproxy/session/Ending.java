package dev.ccproxy.session;

import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of an exchange as its session sees it.
 *
 * @param agentId null for the main agent
 * @param body as in {@link Asking}
 * @param calls tool calls of the answer
 * @param text the beginning of what the answer says; null where it says nothing
 */
public record Ending(
        @Nullable String agentId,
        Kind kind,
        @Nullable String body,
        Outcome outcome,
        @Nullable Integer status,
        List<ToolCall> calls,
        @Nullable String text) {

    public Ending {
        calls = List.copyOf(calls);
    }
}
