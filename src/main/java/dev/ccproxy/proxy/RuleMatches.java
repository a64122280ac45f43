package dev.ccproxy.proxy;

import dev.ccproxy.routing.Router;
import dev.ccproxy.routing.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often each rule matched, so that one that never does is noticed. Safe for all threads.
 */
public final class RuleMatches {

    private static final Logger LOG = LoggerFactory.getLogger(RuleMatches.class);

    /** So many requests, and none that a rule matched, are suspicious. */
    static final int SUSPICIOUS = 100;

    private final Map<String, Count> counts = new LinkedHashMap<>();

    private static final class Count {
        private long matched;
        private long passed;
        private boolean warned;
    }

    /** For these rules. */
    public RuleMatches(Router router) {
        router.rules().forEach(rule -> counts.put(rule.name(), new Count()));
    }

    /**
     * What is known about a rule.
     *
     * @param matched how many requests it matched
     * @param passedOver how many requests came since it matched for the last time, or since the start
     * @param suspicious whether it matched none of many
     */
    public record Tally(long matched, long passedOver, boolean suspicious) {}

    /** The tally of the rule of that name. */
    public synchronized Tally of(String rule) {
        Count count = counts.getOrDefault(rule, new Count());
        return new Tally(count.matched, count.passed, count.matched == 0 && count.passed >= SUSPICIOUS);
    }

    /** Counts a request, with the rule that decided about it. */
    void count(Optional<Rule> chosen) {
        if (counts.isEmpty()) {
            return;
        }
        for (String rule : neverMatched(chosen)) {
            LOG.warn("a rule has matched nothing so far rule=\"{}\" requests={}", rule, SUSPICIOUS);
        }
    }

    private synchronized List<String> neverMatched(Optional<Rule> chosen) {
        String name = chosen.map(Rule::name).orElse("");
        List<String> suspicious = new ArrayList<>();
        counts.forEach((rule, count) -> {
            if (rule.equals(name)) {
                count.matched++;
                count.passed = 0;
            } else {
                count.passed++;
            }
            if (count.matched == 0 && count.passed >= SUSPICIOUS && !count.warned) {
                count.warned = true;
                suspicious.add(rule);
            }
        });
        return suspicious;
    }
}
