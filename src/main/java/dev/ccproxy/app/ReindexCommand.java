package dev.ccproxy.app;

import dev.ccproxy.agents.AgentFiles;
import dev.ccproxy.config.Settings;
import dev.ccproxy.recording.Derivation;
import dev.ccproxy.recording.Recall;
import dev.ccproxy.recording.RecordedAgain;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Works out anew what is derived of recorded exchanges: after an update that understands more, or of prices. */
final class ReindexCommand {

    private final Surroundings surroundings;

    private ReindexCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static CommandSpec spec(Surroundings surroundings, SettingsOptions options) {
        ReindexCommand command = new ReindexCommand(surroundings);
        CommandSpec spec =
                ProgramCommands.spec("reindex", new StoreCommand(surroundings, options::load, command::reindex));
        spec.usageMessage()
                .description(
                        "Work out anew what is derived of all recorded exchanges: kinds, costs, cache verdicts,"
                                + " sessions, turns, agents, sums. What was recorded is only read; the proxy must not"
                                + " run.",
                        "");
        return spec;
    }

    private int reindex(Settings settings) throws InterruptedException {
        ProgressLine line = new ProgressLine(surroundings, System::nanoTime);
        MemoryBudget memory = new MemoryBudget(settings.storage().memoryBytes());
        try (SqliteStore store = SqliteStore.open(settings.storage().dbPath(), memory)) {
            Derivation derivation = new Derivation(
                    Recall.fromTheStart(store.reader()),
                    new Prices(settings.pricing()),
                    new AgentFiles(settings.routing().subagents().directories())::nameIn,
                    memory.followedBytes());
            long done = store.reindex(
                    new RecordedAgain(derivation), count -> line.show("understood again: %,d".formatted(count)));
            line.clear();
            surroundings.output().printf(Locale.ROOT, "%,d exchanges understood again%n", done);
        }
        return ExitCodes.DONE;
    }
}
