package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session with its agents.
 *
 * @param agents the main one first, then in the order in which they were seen
 * @param steps its exchanges, oldest first; the latest {@link #MOST_STEPS} of them
 * @param forks ids of sessions that were forked from it, oldest first; at most {@link #MOST_FORKS}
 */
public record StoredSession(SessionRow row, List<SessionAgent> agents, List<Step> steps, List<String> forks) {

    public static final int MOST_STEPS = 5_000;
    public static final int MOST_FORKS = 200;

    public StoredSession {
        agents = List.copyOf(agents);
        steps = List.copyOf(steps);
        forks = List.copyOf(forks);
    }

    /**
     * An exchange as far as the course of its session is concerned.
     *
     * @param context input tokens; 0 where none are known
     * @param calls a fingerprint of the tool calls of its answer; 0 for none
     * @param reason word of why it was sent again; null for a first attempt
     * @param waste word of why it was in vain; null where it was not
     * @param tool the first one that it calls
     */
    public record Step(
            ExchangeId id,
            Instant at,
            @Nullable String agentId,
            Kind kind,
            Outcome outcome,
            @Nullable Integer turn,
            long context,
            long calls,
            @Nullable String tool,
            @Nullable String reason,
            @Nullable String waste,
            long wastedNano,
            @Nullable Integer divergedAt) {}
}
