package dev.ccproxy.app;

import dev.ccproxy.agents.AgentDefinition;
import dev.ccproxy.api.form.RoutesForm;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.config.Target;
import dev.ccproxy.proxy.RuleMatches;
import dev.ccproxy.routing.Condition;
import dev.ccproxy.routing.Rule;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which rules there are, what became of them, and whether those they name are there. Safe for all threads. */
final class RoutingReport {

    private static final Logger LOG = LoggerFactory.getLogger(RoutingReport.class);

    private final Routing routing;

    RoutingReport(Routing routing) {
        this.routing = routing;
    }

    /**
     * Logs a line for each agent that a rule names, for each model of which nobody said whose it is, and for each provider
     * that has no key.
     */
    void log() {
        for (Rule rule : routing.router().rules()) {
            agents(rule).forEach(agent -> log(rule, agent));
            targets(rule).stream()
                    .filter(Target::guessed)
                    .forEach(target -> LOG.warn(
                            "a rule names a model that no provider is known for rule=\"{}\" sentTo={}",
                            rule.name(),
                            target.words()));
        }
        Set<String> asked = routing.router().rules().stream()
                .flatMap(rule -> targets(rule).stream())
                .map(Target::provider)
                .collect(Collectors.toSet());
        routing.settings().providers().stream()
                .filter(provider -> asked.contains(provider.name()) && provider.isKeyless())
                .forEach(provider -> LOG.warn(
                        "a rule sends to a provider that has no key; set providers.{}.api_key{} baseUrl={}",
                        provider.name(),
                        provider.name().equals(ProviderSettings.OPENAI) ? " or OPENAI_API_KEY" : "",
                        provider.baseUrl()));
    }

    private void log(Rule rule, String agent) {
        Optional<AgentDefinition> definition = routing.files().named(agent);
        if (definition.isPresent()) {
            LOG.info(
                    "routed rule=\"{}\" agent={} to=\"{}\" file={}",
                    rule.name(),
                    agent,
                    action(rule),
                    definition.get().file());
        } else {
            LOG.warn(
                    "no definition of the agent was found, so only the call that starts it tells who it is"
                            + " rule=\"{}\" agent={} to=\"{}\" tried={}",
                    rule.name(),
                    agent,
                    action(rule),
                    routing.files().tried(agent));
        }
    }

    private static String action(Rule rule) {
        return switch (rule.action()) {
            case Rule.Action.Send _ -> String.join(", then ", rule.targetWords());
            case Rule.Action.Refuse _ -> "nobody";
        };
    }

    /** The same for the API, as it is now. */
    RoutesForm form() {
        return new RoutesForm(
                routing.router().rules().stream().map(this::rule).toList(),
                routing.router().rules().stream()
                        .flatMap(rule -> agents(rule).stream())
                        .distinct()
                        .map(this::agent)
                        .toList(),
                routing.settings().providers().stream().map(this::provider).toList());
    }

    private RoutesForm.RuleForm rule(Rule rule) {
        RuleMatches.Tally tally = routing.matches().of(rule.name());
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        rule.made().forEach((condition, wanted) -> conditions.put(condition.word(), wanted));
        return new RoutesForm.RuleForm(
                rule.name(),
                conditions,
                rule.targetWords(),
                rule.refusal().orElse(null),
                tally.matched(),
                tally.passedOver(),
                tally.suspicious());
    }

    private RoutesForm.AgentForm agent(String name) {
        return new RoutesForm.AgentForm(
                name,
                routing.files()
                        .named(name)
                        .map(definition -> definition.file().toString())
                        .orElse(null),
                routing.files().tried(name).stream().map(Path::toString).toList());
    }

    private RoutesForm.ProviderForm provider(ProviderSettings provider) {
        return new RoutesForm.ProviderForm(
                provider.name(),
                provider.baseUrl().toString(),
                provider.api().format().label(),
                routing.breaker(provider.name()).state().word());
    }

    /** Those that it names outright: a pattern may mean agents that are not there yet. */
    private static List<String> agents(Rule rule) {
        return rule.made().getOrDefault(Condition.AGENT, List.of()).stream()
                .filter(name -> name.chars().noneMatch(each -> each == '*' || each == '?'))
                .toList();
    }

    private static List<Target> targets(Rule rule) {
        return switch (rule.action()) {
            case Rule.Action.Send(List<Target> targets) -> targets;
            case Rule.Action.Refuse _ -> List.of();
        };
    }
}
