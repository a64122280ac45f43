package dev.ccproxy.storage;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.session.AgentName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent of a session.
 *
 * @param agentId null for the main agent
 * @param name null for the main agent, and while not known
 * @param description what the call that started it says, in a few words
 * @param turn in which it was started; null where not known
 * @param model of its latest answer
 * @param context input tokens of its latest answer; 0 where none is known
 * @param sums by what its exchanges were for
 */
public record SessionAgent(
        @Nullable String agentId,
        @Nullable String parentAgentId,
        @Nullable AgentName name,
        @Nullable String description,
        @Nullable Integer turn,
        Instant first,
        Instant last,
        @Nullable String model,
        long context,
        Map<Kind, Sums> sums) {

    public SessionAgent {
        sums = Map.copyOf(sums);
    }
}
