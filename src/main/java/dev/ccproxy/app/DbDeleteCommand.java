package dev.ccproxy.app;

import dev.ccproxy.config.Settings;
import dev.ccproxy.query.Moment;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.QueryProblem;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.DatabaseInspection;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Deletes exchanges from the command line; on a running proxy the dashboard and the API do. */
final class DbDeleteCommand {

    private final Surroundings surroundings;
    private final List<String> terms = new ArrayList<>();
    private boolean everything;
    private boolean yes;

    private DbDeleteCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static CommandSpec spec(Surroundings surroundings, SettingsOptions options) {
        DbDeleteCommand command = new DbDeleteCommand(surroundings);
        CommandSpec spec =
                ProgramCommands.spec("delete", new StoreCommand(surroundings, options::load, command::delete));
        spec.usageMessage()
                .description(
                        "Delete exchanges for good, also from the bytes of the file; the proxy must not run. What several"
                                + " options say has to hold together.",
                        "");
        return spec.addOption(command.term("--id", "ID", "One exchange, or those whose id begins so.", "id:"))
                .addOption(command.term("--session", "ID", "The exchanges of a session.", "session="))
                .addOption(command.term("--before", "TIME", "Those that began earlier, such as 2026-11-01.", "before:"))
                .addOption(command.term("--query", "QUERY", "Those that a query of the dashboard means.", ""))
                .addOption(command.flag("--all", "All of them.", () -> command.everything = true))
                .addOption(command.flag("--yes", "Do not ask.", () -> command.yes = true));
    }

    private OptionSpec term(String name, String label, String description, String prefix) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .setter(new OptionValue<>(String.class, value -> terms.add(prefix + value)))
                .build();
    }

    private OptionSpec flag(String name, String description, Runnable set) {
        return OptionSpec.builder(name)
                .type(Boolean.class)
                .arity("0")
                .description(description)
                .setter(new OptionValue<>(Boolean.class, value -> {
                    if (value) {
                        set.run();
                    }
                }))
                .build();
    }

    private int delete(Settings settings) throws InterruptedException {
        if (terms.isEmpty() != everything) {
            surroundings.errors().println("ccproxy: say what to delete: --id, --session, --before, --query, or --all");
            return ExitCodes.WRONG_USE;
        }
        return switch (Query.parse(String.join(" ", terms), new Moment(Instant.now(), ZoneId.systemDefault()))) {
            case Parsed.Misunderstood(QueryProblem problem) -> {
                surroundings.errors().println("ccproxy: " + problem.problem() + " " + problem.fix());
                yield ExitCodes.WRONG_USE;
            }
            case Parsed.Understood(Query query) -> delete(settings, query);
        };
    }

    private int delete(Settings settings, Query query) throws InterruptedException {
        try (DatabaseInspection database =
                DatabaseInspection.open(settings.storage().dbPath())) {
            if (!isSure(database.statistics().exchanges())) {
                surroundings.errors().println("ccproxy: nothing is deleted; --yes does it without asking");
                return ExitCodes.FAILED;
            }
        }
        ProgressLine line = new ProgressLine(surroundings, System::nanoTime);
        MemoryBudget memory = MemoryBudget.ofHeap(settings.storage().memoryBytes());
        try (SqliteStore store = SqliteStore.open(settings.storage().dbPath(), memory)) {
            long deleted = store.writer().delete(query, count -> line.show("deleted: %,d".formatted(count)));
            line.clear();
            surroundings.output().printf(Locale.ROOT, "%,d exchanges deleted%n", deleted);
        }
        return ExitCodes.DONE;
    }

    private boolean isSure(long exchanges) {
        if (yes) {
            return true;
        }
        if (!surroundings.interactive()) {
            return false;
        }
        surroundings
                .errors()
                .printf(
                        Locale.ROOT,
                        "Delete %s of %,d exchanges for good? Type yes: ",
                        everything ? "all" : "those that fit `" + String.join(" ", terms) + "`",
                        exchanges);
        surroundings.errors().flush();
        try {
            return "yes".equals(surroundings.input().readLine());
        } catch (IOException unreadable) {
            return false;
        }
    }
}
