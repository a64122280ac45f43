package dev.ccproxy.app;

import dev.ccproxy.agents.AgentFiles;
import dev.ccproxy.config.Settings;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.original.OriginalImport;
import dev.ccproxy.recording.Derivation;
import dev.ccproxy.recording.PastExchanges;
import dev.ccproxy.recording.Recall;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes over what another program recorded. */
final class ImportCommand {

    private final Surroundings surroundings;
    private @Nullable Path original;

    private ImportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static CommandSpec spec(Surroundings surroundings, SettingsOptions options) {
        ImportCommand command = new ImportCommand(surroundings);
        CommandSpec spec =
                ProgramCommands.spec("import", new StoreCommand(surroundings, options::load, command::importOriginal));
        spec.usageMessage()
                .description(
                        "Take over what another program recorded, into the database storage.db_path. What is there"
                                + " already stays as it is; an interrupted import is continued by starting it again.",
                        "");
        return spec.addOption(OptionSpec.builder("--from-original")
                .type(Path.class)
                .arity("1")
                .required(true)
                .paramLabel("FILE")
                .description("The SQLite file of the original claude-code-proxy; it is only read.")
                .setter(new OptionValue<>(Path.class, value -> command.original = value))
                .build());
    }

    private int importOriginal(Settings settings) throws InterruptedException {
        Path source = surroundings.workingDirectory().resolve(Objects.requireNonNull(original));
        Path target = settings.storage().dbPath();
        if (source.toAbsolutePath().normalize().equals(target.toAbsolutePath().normalize())) {
            surroundings
                    .errors()
                    .println("ccproxy: " + source + " is the database to import into as well: name another one, as in"
                            + " ./ccproxy --storage.db_path ccproxy.db import --from-original " + original);
            return ExitCodes.WRONG_USE;
        }
        ProgressLine line = new ProgressLine(surroundings, System::nanoTime);
        MemoryBudget memory = MemoryBudget.ofHeap(settings.storage().memoryBytes());
        try (SqliteStore store = SqliteStore.open(target, memory)) {
            PastExchanges exchanges = new PastExchanges(
                    store.writer(),
                    new Redaction(store.redactionKey(), settings.auth().apiKeyHeader()),
                    new Derivation(
                            Recall.of(store.reader()),
                            new Prices(settings.pricing()),
                            new AgentFiles(settings.routing().subagents().directories())::nameIn,
                            memory.followedBytes()));
            OriginalImport.Result result =
                    new OriginalImport(store.reader(), store.writer(), exchanges, progress(line)).run(source);
            line.clear();
            surroundings
                    .output()
                    .printf(
                            "%,d exchanges imported into %s, %,d were there already, %,d could not be read%n",
                            result.imported(), target, result.present(), result.broken());
            return result.broken() == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
        }
    }

    private static OriginalImport.Progress progress(ProgressLine line) {
        return new OriginalImport.Progress() {
            @Override
            public void at(long done, long total) {
                line.show("importing", done, total);
            }

            @Override
            public void broken(String row, String reason) {
                line.say("row " + row + " is left out: " + reason);
            }
        };
    }
}
