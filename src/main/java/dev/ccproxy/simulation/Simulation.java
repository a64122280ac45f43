package dev.ccproxy.simulation;

import dev.ccproxy.agents.AgentFiles;
import dev.ccproxy.config.ProposedRules;
import dev.ccproxy.config.RoutingSettings;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.routing.Condition;
import dev.ccproxy.routing.RequestView;
import dev.ccproxy.routing.RoutedPaths;
import dev.ccproxy.routing.Router;
import dev.ccproxy.routing.Rule;
import dev.ccproxy.storage.ExchangeFilter;
import dev.ccproxy.storage.ExchangePage;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.StoredExchange;
import dev.ccproxy.storage.UpstreamLegs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks rules about recorded exchanges, as they would be asked about such requests now. Reads files and the store, so not for
 * event loops. Safe for all threads.
 */
public final class Simulation {

    /** The most exchanges that a trial looks at. */
    public static final int MOST_EXCHANGES = 1_000;

    private static final int PAGE = 200;

    /** What a trial may read of bodies: most rules need none of them, or one for each subagent. */
    private static final long MOST_BODY_BYTES = 128L << 20;

    private static final Duration MOST_TIME = Duration.ofSeconds(5);

    /** Those that are told by the body, if by anything, come last. */
    private static final List<Condition> CHEAPEST_FIRST = EnumSet.allOf(Condition.class).stream()
            .sorted(Comparator.comparing(Simulation::needsBody))
            .toList();

    private final RoutingSettings settings;
    private final Router configured;
    private final AgentFiles files;
    private final ExchangeReader reader;

    public Simulation(RoutingSettings settings, Router configured, AgentFiles files, ExchangeReader reader) {
        this.settings = settings;
        this.configured = configured;
        this.files = files;
        this.reader = reader;
    }

    /** The rules by which requests are routed. */
    public Router configured() {
        return configured;
    }

    /** Rules that somebody thinks of, instead of the configured ones. */
    public ProposedRules propose(String routes, String mappings) {
        return ProposedRules.read(routes, mappings, settings);
    }

    /** What these rules make of an exchange; empty where it is unknown. */
    public Optional<Explanation> explain(Router rules, ExchangeId id) {
        return reader.find(id).map(exchange -> explain(rules, exchange));
    }

    private Explanation explain(Router rules, StoredExchange exchange) {
        ExchangeSummary summary = exchange.summary();
        RecordedRequest request = new RecordedRequest(
                summary,
                new RecordedRequest.Sources(
                        new Allowance(reader, MOST_BODY_BYTES, MOST_TIME),
                        () -> Optional.of(exchange),
                        files,
                        new KnownAgents(),
                        rules.includesMain()),
                true);
        RequestView view = request.view();
        String notAsked = notAsked(summary);
        if (notAsked == null && exchange.requestHeaders().contains("content-encoding")) {
            notAsked = "its body has a content-encoding";
        }
        List<Explanation.Tried> tried =
                rules.rules().stream().map(rule -> tried(rule, request, view)).toList();
        Decision decision = notAsked == null ? decide(tried) : new Decision(null, false);
        return new Explanation(
                summary,
                view.tokens(),
                request.agent().orElse(null),
                notAsked,
                tried,
                decision.rule(),
                decision.unknown(),
                reader.rerouting(summary.id()).map(UpstreamLegs::route).orElse(null));
    }

    private static Explanation.Tried tried(Rule rule, RecordedRequest request, RequestView view) {
        List<Explanation.Check> checks = new ArrayList<>();
        rule.made().forEach((condition, wanted) -> {
            boolean told = request.tells(condition);
            checks.add(new Explanation.Check(
                    condition, wanted, told ? condition.found(view) : "", verdict(rule, condition, request, view)));
        });
        return new Explanation.Tried(
                rule,
                Verdict.all(checks.stream().map(Explanation.Check::verdict).toList()),
                checks);
    }

    /**
     * What these rules make of the latest exchanges. Bounded in bytes and time: beyond that, what only bodies tell is
     * unknown.
     *
     * @param most at most {@link #MOST_EXCHANGES}
     */
    public Trial tryOnLatest(Router rules, int most) {
        Allowance bodies = new Allowance(reader, MOST_BODY_BYTES, MOST_TIME);
        KnownAgents known = new KnownAgents();
        boolean asksForType =
                rules.rules().stream().anyMatch(rule -> rule.made().containsKey(Condition.AGENT_TYPE));
        List<Trial.Taken> taken = new ArrayList<>();
        int looked = 0;
        int unknown = 0;
        Instant since = null;
        String cursor = null;
        do {
            ExchangePage page =
                    reader.list(new ExchangeQuery(ExchangeFilter.ALL, Math.min(PAGE, most - looked), cursor, 0));
            for (ExchangeSummary summary : page.items()) {
                looked++;
                since = summary.at();
                if (notAsked(summary) == null) {
                    RecordedRequest request = new RecordedRequest(
                            summary,
                            new RecordedRequest.Sources(
                                    bodies, () -> reader.find(summary.id()), files, known, rules.includesMain()),
                            asksForType);
                    Decision decision = decide(rules, request);
                    unknown += decision.unknown() ? 1 : 0;
                    if (decision.rule() != null) {
                        taken.add(new Trial.Taken(summary, decision.rule()));
                    }
                }
            }
            cursor = page.next();
        } while (cursor != null && looked < most);
        return new Trial(looked, unknown, since, taken);
    }

    /** The rule that decides; null where none does, or it is unknown. */
    private record Decision(@Nullable Rule rule, boolean unknown) {}

    private static Decision decide(List<Explanation.Tried> tried) {
        return tried.stream()
                .filter(each -> each.verdict() != Verdict.NO)
                .findFirst()
                .map(each ->
                        each.verdict() == Verdict.YES ? new Decision(each.rule(), false) : new Decision(null, true))
                .orElse(new Decision(null, false));
    }

    private static Decision decide(Router rules, RecordedRequest request) {
        RequestView view = request.view();
        for (Rule rule : rules.rules()) {
            Verdict verdict = verdict(rule, request, view);
            if (verdict != Verdict.NO) {
                return verdict == Verdict.YES ? new Decision(rule, false) : new Decision(null, true);
            }
        }
        return new Decision(null, false);
    }

    private static Verdict verdict(Rule rule, RecordedRequest request, RequestView view) {
        Map<Condition, List<String>> made = rule.made();
        boolean unknown = false;
        for (Condition condition : CHEAPEST_FIRST) {
            if (made.containsKey(condition)) {
                Verdict verdict = verdict(rule, condition, request, view);
                if (verdict == Verdict.NO) {
                    return Verdict.NO;
                }
                unknown |= verdict == Verdict.UNKNOWN;
            }
        }
        return unknown ? Verdict.UNKNOWN : Verdict.YES;
    }

    private static Verdict verdict(Rule rule, Condition condition, RecordedRequest request, RequestView view) {
        if (!request.tells(condition)) {
            return Verdict.UNKNOWN;
        }
        return rule.isMet(condition, view) ? Verdict.YES : Verdict.NO;
    }

    private static boolean needsBody(Condition condition) {
        return switch (condition) {
            case TOOLS, THINKING, AGENT -> true;
            case PATH, SESSION, AGENT_TYPE, MODEL, TOKENS_OVER, TOKENS_UNDER, KIND -> false;
        };
    }

    private static @Nullable String notAsked(ExchangeSummary summary) {
        if (!summary.method().equals("POST")) {
            return "only POST requests are routed";
        }
        return RoutedPaths.contains(summary.path()) ? null : "requests to this path are not routed";
    }
}
