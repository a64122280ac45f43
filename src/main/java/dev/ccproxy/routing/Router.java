package dev.ccproxy.routing;

import dev.ccproxy.config.RouteSettings;
import dev.ccproxy.config.RouteSettings.Conditions;
import dev.ccproxy.config.RoutingSettings;
import dev.ccproxy.config.SubagentSettings;
import dev.ccproxy.config.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules in their order: mappings of subagents first, then routes. The first that a request meets decides. Immutable;
 * safe for all threads.
 */
public final class Router {

    private final List<Rule> rules;
    private final boolean includeMain;

    private Router(List<Rule> rules, boolean includeMain) {
        this.rules = List.copyOf(rules);
        this.includeMain = includeMain;
    }

    public static Router of(RoutingSettings settings) {
        Set<String> providers = settings.providerNames();
        List<Rule> rules = new ArrayList<>();
        SubagentSettings subagents = settings.subagents();
        if (subagents.enabled()) {
            for (SubagentSettings.Mapping mapping : subagents.mappings()) {
                rules.add(new Rule(
                        "subagent " + mapping.agent(),
                        agent(mapping.agent()),
                        new Rule.Action.Send(List.of(Target.of(mapping.model(), providers)))));
            }
        }
        settings.routes().forEach(route -> rules.add(rule(route, providers)));
        return new Router(rules, subagents.includeMain());
    }

    /** The rule that an entry of the list stands for. */
    public static Rule rule(RouteSettings route, Set<String> providers) {
        Rule.Action action = switch (route.action()) {
            case RouteSettings.Action.Send(String to, List<String> fallback) ->
                new Rule.Action.Send(Stream.concat(Stream.of(to), fallback.stream())
                        .map(text -> Target.of(text, providers))
                        .toList());
            case RouteSettings.Action.Refuse(String message) -> new Rule.Action.Refuse(message);
        };
        return new Rule(route.name(), route.conditions(), action);
    }

    private static Conditions agent(String name) {
        return new Conditions(
                List.of(name),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public List<Rule> rules() {
        return rules;
    }

    /** Whether a main agent may count as one with a name. */
    public boolean includesMain() {
        return includeMain;
    }

    /** Whether any rule asks who an agent is. */
    public boolean asksForAgents() {
        return rules.stream().anyMatch(Rule::looksAtAgents);
    }

    /** Whether some rule might be met by a request with this head; where none is, nobody needs to read its body. */
    public boolean mayConcern(RequestView.Head head) {
        for (Rule rule : rules) {
            boolean namedAgent =
                    !rule.looksAtAgents() || includeMain || head.agentId().isPresent();
            if (namedAgent && isMetByHead(rule, head)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMetByHead(Rule rule, RequestView.Head head) {
        RequestView request =
                new RequestView(head, new RequestView.Content("", 0, () -> false, () -> false), Optional::empty, () -> {
                    throw new IllegalStateException("a head has no kind");
                });
        return Condition.PATH.isMet(rule.conditions(), request)
                && Condition.SESSION.isMet(rule.conditions(), request)
                && Condition.AGENT_TYPE.isMet(rule.conditions(), request);
    }

    /** The rule that decides about a request; empty where it goes where it was asked to go. */
    public Optional<Rule> choose(RequestView request) {
        for (Rule rule : rules) {
            if (rule.unmet(request).isEmpty()) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
