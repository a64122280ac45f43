package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.AgentRole;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.session.Anomaly;
import dev.ccproxy.storage.SessionAgent;
import dev.ccproxy.storage.StoredSession;
import dev.ccproxy.storage.StoredSession.Step;
import dev.ccproxy.storage.Sums;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A session: what it used, its agents, what went wrong. */
public record SessionForm(
        SessionRowForm summary,

        @JsonPropertyDescription("Of all exchanges: those of main agent, subagents and auxiliary together.")
        SumsForm total,

        @JsonPropertyDescription("Of the main agent's conversation.")
        SumsForm main,

        SumsForm subagents,

        @JsonPropertyDescription("Of the client's own errands: titles, token counts, checks.")
        SumsForm auxiliary,

        List<KindSums> kinds,

        @JsonPropertyDescription("The main agent first; `parentAgentId` makes it a tree.")
        List<SessionAgentForm> agents,

        List<Wasted> waste,
        List<AnomalyForm> anomalies,

        @JsonPropertyDescription("Where a history diverged: rewound, forked or compacted.")
        List<Branch> branches,

        @JsonPropertyDescription("Ids of sessions that were forked from this one.")
        List<String> forks) {

    /** What exchanges of one kind used. */
    public record KindSums(Kind kind, SumsForm sums) {}

    /** What was in vain for one reason. */
    public record Wasted(
            @JsonPropertyDescription("abandoned, broken, double_send; cache_break for what breaks cost.")
            String reason,

            long exchanges,
            @JsonPropertyDescription("USD.") BigDecimal usd) {}

    /** An exchange whose history is not that of the one before it in its thread. */
    public record Branch(
            @JsonPropertyDescription("Id of the exchange.") String exchange,

            long at,
            @Nullable String agentId,

            @JsonPropertyDescription("Index of the first message that is another.")
            int message,

            @Nullable Integer turn) {}

    public static SessionForm of(StoredSession session, List<Anomaly> anomalies) {
        Map<AgentRole, Sums> roles = new EnumMap<>(AgentRole.class);
        Map<Kind, Sums> kinds = new EnumMap<>(Kind.class);
        for (SessionAgent agent : session.agents()) {
            agent.sums().forEach((kind, sums) -> {
                AgentRole role = agent.agentId() != null ? AgentRole.SUBAGENT : AgentRole.of(kind);
                roles.merge(role, sums, Sums::plus);
                kinds.merge(kind, sums, Sums::plus);
            });
        }
        return new SessionForm(
                SessionRowForm.of(session.row()),
                SumsForm.of(kinds.values().stream().reduce(Sums.NOTHING, Sums::plus)),
                SumsForm.of(roles.getOrDefault(AgentRole.MAIN, Sums.NOTHING)),
                SumsForm.of(roles.getOrDefault(AgentRole.SUBAGENT, Sums.NOTHING)),
                SumsForm.of(roles.getOrDefault(AgentRole.AUXILIARY, Sums.NOTHING)),
                kinds.entrySet().stream()
                        .map(each -> new KindSums(each.getKey(), SumsForm.of(each.getValue())))
                        .toList(),
                session.agents().stream().map(SessionAgentForm::of).toList(),
                wasted(session.steps()),
                anomalies.stream().map(AnomalyForm::of).toList(),
                session.steps().stream()
                        .filter(step -> step.divergedAt() != null)
                        .map(SessionForm::branch)
                        .toList(),
                session.forks());
    }

    private static List<Wasted> wasted(List<Step> steps) {
        Map<String, Wasted> byReason = new TreeMap<>();
        for (Step step : steps) {
            if (step.wastedNano() > 0) {
                String reason = step.waste() == null ? "cache_break" : step.waste();
                byReason.merge(
                        reason,
                        new Wasted(reason, 1, Dollars.of(step.wastedNano())),
                        (one, other) -> new Wasted(
                                reason,
                                one.exchanges() + other.exchanges(),
                                one.usd().add(other.usd())));
            }
        }
        return List.copyOf(byReason.values());
    }

    private static Branch branch(Step step) {
        Integer message = step.divergedAt();
        return new Branch(
                step.id().toString(),
                step.at().toEpochMilli(),
                step.agentId(),
                message == null ? 0 : message,
                step.turn());
    }
}
