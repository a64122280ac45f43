package dev.ccproxy.app;

import dev.ccproxy.config.Settings;
import dev.ccproxy.storage.CheckListener;
import dev.ccproxy.storage.StoreStatistics;
import dev.ccproxy.storage.jdbc.DatabaseInspection;
import dev.ccproxy.storage.jdbc.DatabaseVacuum;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands {@code db ...} that look after the database. */
final class DbCommands {

    private final Surroundings surroundings;
    private final SettingsOptions options;
    private final PrintWriter out;
    private @Nullable Path target;

    private DbCommands(Surroundings surroundings, SettingsOptions options) {
        this.surroundings = surroundings;
        this.options = options;
        this.out = surroundings.output();
    }

    static CommandSpec spec(Surroundings surroundings, SettingsOptions options) {
        DbCommands commands = new DbCommands(surroundings, options);
        CommandSpec spec = ProgramCommands.spec("db", () -> {
            surroundings.errors().println("ccproxy: db needs a command: stats, check, backup, vacuum or delete");
            return ExitCodes.WRONG_USE;
        });
        spec.usageMessage().description("Look after the database.", "");
        spec.addSubcommand(
                "stats",
                commands.command("stats", "Print what the database holds and what that takes.", commands::stats));
        spec.addSubcommand(
                "check",
                commands.command(
                        "check",
                        "Read everything back and compare it with its hashes; look for rows that do not fit together.",
                        commands::check));
        CommandSpec backup = commands.command(
                "backup",
                "Copy the database as it is now into a new file, also while the proxy runs.",
                commands::backup);
        backup.addPositional(PositionalParamSpec.builder()
                .type(Path.class)
                .arity("1")
                .required(true)
                .paramLabel("FILE")
                .description("The new file.")
                .setter(new OptionValue<>(Path.class, value -> commands.target = value))
                .build());
        spec.addSubcommand("backup", backup);
        spec.addSubcommand(
                "vacuum",
                commands.command(
                        "vacuum", "Write the database anew, without gaps; the proxy must not run.", commands::vacuum));
        spec.addSubcommand("delete", DbDeleteCommand.spec(surroundings, options));
        return spec;
    }

    private CommandSpec command(String name, String description, StoreCommand.Work work) {
        CommandSpec spec = ProgramCommands.spec(name, new StoreCommand(surroundings, options::load, work));
        spec.usageMessage().description(description, "");
        return spec;
    }

    private int stats(Settings settings) {
        Path path = settings.storage().dbPath();
        try (DatabaseInspection database = DatabaseInspection.open(path)) {
            StoreStatistics statistics = database.statistics();
            out.printf(Locale.ROOT, "%s%n", path);
            out.printf(Locale.ROOT, "  %-22s %s%n", "file", bytes(statistics.fileBytes()));
            out.printf(Locale.ROOT, "  %-22s %s%n", "log beside it", bytes(statistics.logBytes()));
            out.printf(Locale.ROOT, "  %-22s %s%n", "free inside", bytes(statistics.freeBytes()));
            out.printf(Locale.ROOT, "  %-22s %,d%n", "exchanges", statistics.exchanges());
            out.printf(Locale.ROOT, "  %-22s %s%n", "oldest", time(statistics.oldest()));
            out.printf(Locale.ROOT, "  %-22s %s%n", "newest", time(statistics.newest()));
            out.printf(Locale.ROOT, "  %-22s %s%n", "recorded", bytes(statistics.recordedBytes()));
            long takenBytes = statistics.fileBytes() + statistics.logBytes() - statistics.freeBytes();
            out.printf(
                    Locale.ROOT,
                    "  %-22s %.1f times smaller%n",
                    "kept",
                    (double) statistics.recordedBytes() / Math.max(1, takenBytes));
            out.printf(Locale.ROOT, "%n  %-22s %15s %15s%n", "table, with indexes", "rows", "bytes");
            for (StoreStatistics.Table table : statistics.tables()) {
                out.printf(Locale.ROOT, "  %-22s %,15d %,15d%n", table.name(), table.rows(), table.bytes());
            }
        }
        return ExitCodes.DONE;
    }

    private int check(Settings settings) throws InterruptedException {
        ProgressLine line = new ProgressLine(surroundings, System::nanoTime);
        long[] findings = {0};
        try (DatabaseInspection database =
                DatabaseInspection.open(settings.storage().dbPath())) {
            database.check(new CheckListener() {
                @Override
                public void checked(String step, long done, long total) {
                    line.show("checking " + step, done, total);
                }

                @Override
                public void found(String finding) {
                    findings[0]++;
                    line.clear();
                    surroundings.output().println(finding);
                }
            });
        }
        line.clear();
        out.printf(
                Locale.ROOT, "%s%n", findings[0] == 0 ? "everything is as it was written" : findings[0] + " findings");
        return findings[0] == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private int backup(Settings settings) throws InterruptedException {
        Path copy = surroundings.workingDirectory().resolve(Objects.requireNonNull(target, "picocli requires it"));
        Path path = settings.storage().dbPath();
        try (DatabaseInspection database = DatabaseInspection.open(path)) {
            long total = size(path);
            new Attended(surroundings)
                    .run(
                            () -> database.backup(copy),
                            line -> line.show("copying bytes", size(DatabaseInspection.unfinished(copy)), total));
        }
        out.printf(
                Locale.ROOT,
                "%s: %s, a database by itself; to go back to it, stop the proxy and put it in the place of %s%n",
                copy,
                bytes(size(copy)),
                path);
        return ExitCodes.DONE;
    }

    private int vacuum(Settings settings) throws InterruptedException {
        Path path = settings.storage().dbPath();
        long before = size(path);
        long start = System.nanoTime();
        new Attended(surroundings)
                .run(
                        () -> DatabaseVacuum.run(path),
                        line -> line.show(
                                "writing anew: %,d s".formatted((System.nanoTime() - start) / 1_000_000_000)));
        out.printf(Locale.ROOT, "%s: %s before, %s now%n", path, bytes(before), bytes(size(path)));
        return ExitCodes.DONE;
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException none) {
            return 0;
        }
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "none" : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String bytes(long bytes) {
        return bytes < 10_000 ? bytes + " bytes" : String.format(Locale.ROOT, "%,.2f MB", bytes / 1e6);
    }
}
