package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.AgentRole;
import dev.ccproxy.exchange.ContextWindow;
import dev.ccproxy.session.AgentName;
import dev.ccproxy.session.NameSource;
import dev.ccproxy.storage.SessionAgent;
import dev.ccproxy.storage.Sums;
import org.jspecify.annotations.Nullable;

/** An agent of a session: a lane of its picture. */
public record SessionAgentForm(
        AgentRole role,

        @JsonPropertyDescription("Absent for the main agent.") @Nullable
        String agentId,

        @JsonPropertyDescription("Agent that started it; absent where the main agent did.") @Nullable
        String parentAgentId,

        @JsonPropertyDescription("What it is, such as code-reviewer.") @Nullable
        String name,

        @JsonPropertyDescription(
                "How that is known. exact: the result of the call names the agent; prompt: it was asked what the call asks; hint: a header of the client.")
        @Nullable
        NameSource nameSource,

        @JsonPropertyDescription("Id of the tool call that started it.") @Nullable
        String call,

        @JsonPropertyDescription("What that call says, in a few words.") @Nullable
        String description,

        @JsonPropertyDescription("Turn in which it began.") @Nullable
        Integer turn,

        long start,

        @JsonPropertyDescription("Start of its latest exchange.")
        long end,

        @Nullable String model,

        @JsonPropertyDescription("Input tokens of its latest answer.") @Nullable
        Long ctx,

        @JsonPropertyDescription("How many that model takes.") @Nullable
        Long window,

        SumsForm sums) {

    static SessionAgentForm of(SessionAgent agent) {
        AgentName name = agent.name();
        return new SessionAgentForm(
                agent.agentId() == null ? AgentRole.MAIN : AgentRole.SUBAGENT,
                agent.agentId(),
                agent.parentAgentId(),
                name == null ? null : name.name(),
                name == null ? null : name.source(),
                name == null ? null : name.call(),
                agent.description(),
                agent.turn(),
                agent.first().toEpochMilli(),
                agent.last().toEpochMilli(),
                agent.model(),
                agent.context() == 0 ? null : agent.context(),
                ContextWindow.of(agent.model(), agent.context()),
                SumsForm.of(agent.sums().values().stream().reduce(Sums.NOTHING, Sums::plus)));
    }
}
