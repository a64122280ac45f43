package dev.ccproxy.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of a session, enough to go on following it.
 *
 * @param lastTurn null where there is none
 * @param agents in no order; the main agent's too, where it has one
 * @param calls the latest
 */
public record SessionMemory(
        @Nullable Turn lastTurn,
        @Nullable String title,
        boolean titled,
        @Nullable String project,
        List<Agent> agents,
        List<AgentCall> calls) {

    public static final SessionMemory NONE = new SessionMemory(null, null, false, null, List.of(), List.of());

    public SessionMemory {
        agents = List.copyOf(agents);
        calls = List.copyOf(calls);
    }

    /**
     * An agent that was seen.
     *
     * @param turn of its latest exchange; 0 where none is known
     */
    public record Agent(
            @Nullable String agentId, int turn, @Nullable AgentName name) {}
}
