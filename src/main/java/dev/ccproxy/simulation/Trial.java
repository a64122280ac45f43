package dev.ccproxy.simulation;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.routing.Rule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules make of the latest exchanges.
 *
 * @param looked how many were looked at
 * @param unknown of how many it cannot be told which rule decides
 * @param since when the oldest of them began; null where there is none
 * @param taken those about which a rule decides, newest first
 */
public record Trial(int looked, int unknown, @Nullable Instant since, List<Taken> taken) {

    public Trial {
        taken = List.copyOf(taken);
    }

    /** An exchange, and the rule that decides about it. */
    public record Taken(ExchangeSummary exchange, Rule rule) {}
}
