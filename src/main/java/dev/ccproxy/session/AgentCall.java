package dev.ccproxy.session;

import org.jspecify.annotations.Nullable;

/**
 * A tool call that starts a subagent.
 *
 * @param id such as {@code toolu_01KK}
 * @param caller id of the agent that called; null for the main one
 * @param agent type of the subagent
 * @param description a few words for people
 * @param prompt fingerprint of what it is asked
 * @param turn in which it was called; 0 where none is known
 * @param agentId of the subagent; null until known
 */
public record AgentCall(
        String id,
        @Nullable String caller,
        String agent,
        String description,
        long prompt,
        int turn,
        @Nullable String agentId) {

    AgentCall startedAs(String subagent) {
        return new AgentCall(id, caller, agent, description, prompt, turn, subagent);
    }
}
