package dev.ccproxy.app;

import dev.ccproxy.agents.AgentFiles;
import dev.ccproxy.config.RoutingSettings;
import dev.ccproxy.config.Settings;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.routing.Router;
import dev.ccproxy.routing.Rule;
import dev.ccproxy.simulation.Explanation;
import dev.ccproxy.simulation.Simulation;
import dev.ccproxy.simulation.Verdict;
import dev.ccproxy.storage.jdbc.DatabaseInspection;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Tells which rule of the configuration decides about a recorded exchange, and why the others do not. */
final class ExplainRouteCommand {

    private final Surroundings surroundings;
    private final PrintWriter out;
    private @Nullable String id;

    private ExplainRouteCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.out = surroundings.output();
    }

    static CommandSpec spec(Surroundings surroundings, SettingsOptions options) {
        ExplainRouteCommand command = new ExplainRouteCommand(surroundings);
        CommandSpec spec =
                ProgramCommands.spec("explain-route", new StoreCommand(surroundings, options::load, command::explain));
        spec.usageMessage()
                .description(
                        "Tell which rule of the configuration decides about a recorded exchange, condition by condition;"
                                + " also while the proxy runs. POST /api/routes/simulate tells more.",
                        "");
        return spec.addPositional(PositionalParamSpec.builder()
                .type(String.class)
                .arity("1")
                .required(true)
                .paramLabel("ID")
                .description("Id of the exchange, as the dashboard and x-ccproxy-exchange-id show it.")
                .setter(new OptionValue<>(String.class, value -> command.id = value))
                .build());
    }

    private int explain(Settings settings) {
        Optional<ExchangeId> exchange = ExchangeId.parse(Objects.requireNonNull(id, "picocli requires it"));
        if (exchange.isEmpty()) {
            surroundings.errors().println("ccproxy: " + id + " is no id of an exchange");
            return ExitCodes.WRONG_USE;
        }
        RoutingSettings routing = settings.routing();
        Router router = Router.of(routing);
        try (DatabaseInspection database =
                DatabaseInspection.open(settings.storage().dbPath())) {
            Simulation simulation = new Simulation(
                    routing, router, new AgentFiles(routing.subagents().directories()), database.reader());
            Optional<Explanation> explanation = simulation.explain(router, exchange.get());
            if (explanation.isEmpty()) {
                surroundings
                        .errors()
                        .println("ccproxy: no exchange " + id + " is recorded in "
                                + settings.storage().dbPath());
                return ExitCodes.FAILED;
            }
            print(explanation.get());
            return ExitCodes.DONE;
        }
    }

    private void print(Explanation explanation) {
        ExchangeSummary exchange = explanation.exchange();
        line("exchange", exchange.id() + ", " + exchange.at());
        line(
                "request",
                exchange.method() + " " + exchange.path() + ", model " + shown(exchange.requestedModel()) + ", "
                        + exchange.kind().word() + ", about " + explanation.tokens() + " tokens");
        line("agent", agent(explanation.agent()));
        line("recorded", recorded(explanation.recorded()));
        if (explanation.rules().isEmpty()) {
            out.printf("%nThere are no rules: see subagents.mappings and routes.%n");
        }
        explanation.rules().forEach(this::print);
        out.printf("%n%s%n", decision(explanation));
    }

    private void print(Explanation.Tried tried) {
        out.printf(
                Locale.ROOT,
                "%n%-8s %s -> %s%n",
                word(tried.verdict()),
                tried.rule().name(),
                action(tried.rule()));
        for (Explanation.Check check : tried.checks()) {
            out.printf(
                    Locale.ROOT,
                    "  %-8s %s: %s is asked for, %s%n",
                    word(check.verdict()),
                    check.condition().word(),
                    String.join(" or ", check.wanted()),
                    check.verdict() == Verdict.UNKNOWN
                            ? "the body that would tell was not kept"
                            : "it is " + shown(check.found()));
        }
    }

    private static String decision(Explanation explanation) {
        Rule decided = explanation.decided();
        if (decided != null) {
            return "The first that matches decides: " + decided.name() + " -> " + action(decided);
        }
        if (explanation.notAsked() != null) {
            return "No rule is asked, because " + explanation.notAsked() + ": it goes where it was sent.";
        }
        return explanation.unknown()
                ? "Which rule decides cannot be told."
                : "No rule matches: it goes where it was sent.";
    }

    private static String action(Rule rule) {
        return rule.refusal()
                .map(message -> "refused: " + message)
                .orElseGet(() -> String.join(", then ", rule.targetWords()));
    }

    private static String agent(Explanation.@Nullable Agent agent) {
        if (agent == null) {
            return "none, or nothing tells its name";
        }
        return agent.name() + agent.file().map(file -> " (" + file + ")").orElse(" (by the call that started it)");
    }

    private static String recorded(@Nullable RouteTaken route) {
        return route == null
                ? "it went where it was sent"
                : "rule " + route.rule() + " sent it to " + route.provider() + "/" + route.model();
    }

    private static String shown(@Nullable String value) {
        return value == null || value.isEmpty() ? "(none)" : value;
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case YES -> "yes";
            case NO -> "no";
            case UNKNOWN -> "unknown";
        };
    }

    private void line(String name, String value) {
        out.printf(Locale.ROOT, "%-9s %s%n", name, value);
    }
}
