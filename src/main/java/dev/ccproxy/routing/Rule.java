package dev.ccproxy.routing;

import dev.ccproxy.config.RouteSettings.Conditions;
import dev.ccproxy.config.Target;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who answers the requests that meet some conditions.
 *
 * @param name how records and lists call it, such as {@code subagent code-reviewer}
 */
public record Rule(String name, Conditions conditions, Action action) {

    /** What is done. */
    public sealed interface Action {

        /** Asks these, the next one only where one before cannot answer; never empty. */
        record Send(List<Target> targets) implements Action {
            public Send {
                targets = List.copyOf(targets);
            }
        }

        /** Answers with an error. */
        record Refuse(String message) implements Action {}
    }

    /** The first condition that a request does not meet; empty where the rule matches. */
    public Optional<Condition> unmet(RequestView request) {
        for (Condition condition : Condition.values()) {
            if (!condition.isMet(conditions, request)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** Whether a request meets one of the conditions. */
    public boolean isMet(Condition condition, RequestView request) {
        return condition.isMet(conditions, request);
    }

    /** The conditions that the rule makes, and what each one asks for, the cheapest first. */
    public Map<Condition, List<String>> made() {
        Map<Condition, List<String>> made = new EnumMap<>(Condition.class);
        for (Condition condition : Condition.values()) {
            List<String> wanted = condition.wanted(conditions);
            if (!wanted.isEmpty()) {
                made.put(condition, wanted);
            }
        }
        return made;
    }

    /** Who is asked, one after the other, as people write it; empty for a rule that refuses. */
    public List<String> targetWords() {
        return switch (action) {
            case Action.Send(List<Target> targets) ->
                targets.stream().map(Target::words).toList();
            case Action.Refuse _ -> List.of();
        };
    }

    /** What requests are refused with; empty for a rule that sends them on. */
    public Optional<String> refusal() {
        return switch (action) {
            case Action.Send _ -> Optional.empty();
            case Action.Refuse(String message) -> Optional.of(message);
        };
    }

    boolean looksAtAgents() {
        return !conditions.agents().isEmpty();
    }
}
