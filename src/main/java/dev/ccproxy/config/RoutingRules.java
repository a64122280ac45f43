package dev.ccproxy.config;

import dev.ccproxy.spelling.NearestWord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold between providers, mappings and routes. */
final class RoutingRules {

    private final Values values;

    RoutingRules(Values values) {
        this.values = values;
    }

    void check(List<Problem> problems) {
        Set<String> names = new HashSet<>(values.providers());
        names.add(ProviderSettings.ANTHROPIC);
        names.stream().sorted().filter(this::hasNoAddress).forEach(name -> problems.add(withoutAddress(name)));
        for (SubagentSettings.Mapping mapping : values.get(Keys.SUBAGENT_MAPPINGS)) {
            meant(mapping.model(), names)
                    .ifPresent(remedy -> problems.add(Problem.about(values.given(Keys.SUBAGENT_MAPPINGS), remedy)));
        }
        for (RouteSettings route : values.get(Keys.ROUTES)) {
            for (String target : targets(route)) {
                meant(target, names)
                        .ifPresent(remedy ->
                                problems.add(Problem.about(values.given(Keys.ROUTES), route.name() + ": " + remedy)));
            }
        }
    }

    /** The same for rules that nobody has configured yet: the first that nearly names a provider, and how. */
    static Optional<String> mistakenProvider(RoutingSettings settings) {
        Set<String> names = settings.providerNames();
        Stream<String> mappings = settings.subagents().mappings().stream()
                .flatMap(mapping -> meant(mapping.model(), names).stream()
                        .map(remedy -> "mappings: " + mapping.agent() + ": " + remedy));
        Stream<String> routes = settings.routes().stream()
                .flatMap(route -> targets(route).stream()
                        .flatMap(target -> meant(target, names).stream())
                        .map(remedy -> "routes: " + route.name() + ": " + remedy));
        return Stream.concat(mappings, routes).findFirst();
    }

    private boolean hasNoAddress(String name) {
        return ProviderKeys.of(name).stream().anyMatch(key -> key.path().endsWith(".base_url"))
                && values.get(ProviderKeys.BASE_URL.named(name)).isEmpty();
    }

    private Problem withoutAddress(String name) {
        Given said = ProviderKeys.of(name).stream()
                .filter(values::isGiven)
                .map(values::given)
                .findFirst()
                .orElseThrow();
        return new Problem(
                said.origin().description(), "providers." + name, "needs a base_url: where requests are sent to");
    }

    private static List<String> targets(RouteSettings route) {
        List<String> targets = new ArrayList<>();
        if (route.action() instanceof RouteSettings.Action.Send(String to, List<String> fallback)) {
            targets.add(to);
            targets.addAll(fallback);
        }
        return targets;
    }

    /** Models of other makers have slashes in their names too; only what nearly names a provider is a mistake. */
    private static Optional<String> meant(String target, Set<String> names) {
        int slash = target.indexOf('/');
        String before = slash < 0 ? "" : target.substring(0, slash);
        return before.isEmpty() || names.contains(before)
                ? Optional.empty()
                : NearestWord.to(before, names)
                        .map(name -> "there is no provider " + before + "; did you mean " + name
                                + target.substring(slash) + "?");
    }
}
