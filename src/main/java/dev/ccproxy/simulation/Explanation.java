package dev.ccproxy.simulation;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.routing.Condition;
import dev.ccproxy.routing.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rules make of one exchange, and why.
 *
 * @param tokens how many the request is estimated at
 * @param agent who asked; null where nothing tells
 * @param notAsked why no rule is asked about such a request; null where they are
 * @param rules all of them, in their order
 * @param decided the rule that decides; null where the request goes where it was sent, and where that is unknown
 * @param unknown whether it cannot be told which rule decides
 * @param recorded where it went when it was recorded; null where it went where it was sent
 */
public record Explanation(
        ExchangeSummary exchange,
        long tokens,
        @Nullable Agent agent,
        @Nullable String notAsked,
        List<Tried> rules,
        @Nullable Rule decided,
        boolean unknown,
        @Nullable RouteTaken recorded) {

    public Explanation {
        rules = List.copyOf(rules);
    }

    /**
     * An agent.
     *
     * @param file the definition that told; empty where the call that started it did
     */
    public record Agent(String name, Optional<Path> file) {}

    /**
     * A rule, and what each of its conditions makes of the request.
     *
     * @param verdict whether all of them hold
     */
    public record Tried(Rule rule, Verdict verdict, List<Check> checks) {
        public Tried {
            checks = List.copyOf(checks);
        }
    }

    /**
     * One condition.
     *
     * @param wanted any of these
     * @param found what the request is; empty where it says nothing, and where that is unknown
     */
    public record Check(Condition condition, List<String> wanted, String found, Verdict verdict) {
        public Check {
            wanted = List.copyOf(wanted);
        }
    }
}
