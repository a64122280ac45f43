package dev.ccproxy.simulation;

import dev.ccproxy.agents.AgentDefinition;
import dev.ccproxy.exchange.ExchangeSummary;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The definitions of subagents, each looked up once: all requests of one carry the same. For one thread. */
final class KnownAgents {

    private final Map<AgentKey, Optional<AgentDefinition>> known = new HashMap<>();

    private record AgentKey(@Nullable String session, String agentId) {}

    /** What is known about who made this exchange; a main agent is looked up each time, because it has errands. */
    Optional<AgentDefinition> of(ExchangeSummary summary, Supplier<Optional<AgentDefinition>> lookUp) {
        String agentId = summary.agentId();
        return agentId == null
                ? lookUp.get()
                : known.computeIfAbsent(new AgentKey(summary.sessionId(), agentId), _ -> lookUp.get());
    }
}
