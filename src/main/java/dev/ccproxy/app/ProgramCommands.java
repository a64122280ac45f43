package dev.ccproxy.app;

import dev.ccproxy.config.Keys;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code ccproxy [SETTINGS] [COMMAND]}. */
final class ProgramCommands {

    private ProgramCommands() {}

    static CommandLine of(Surroundings surroundings) {
        SettingsOptions options = new SettingsOptions(surroundings);
        CommandSpec root = spec("ccproxy", new RunCommand(surroundings, options::load))
                .addSubcommand("check-config", CheckConfigCommand.spec(surroundings, options))
                .addSubcommand("db", DbCommands.spec(surroundings, options))
                .addSubcommand("import", ImportCommand.spec(surroundings, options))
                .addSubcommand("reindex", ReindexCommand.spec(surroundings, options))
                .addSubcommand("claude", launcherCommand(surroundings, "claude [ARGUMENTS...]", """
                        Start the proxy, or join the one that runs, and then claude with these arguments."""))
                .addSubcommand("test", launcherCommand(surroundings, "test", """
                        Install what the tests need and run them all."""))
                .addSubcommand("demo", DemoCommand.spec(surroundings, options))
                .addSubcommand("translate", TranslateCommand.spec(surroundings))
                .addSubcommand("explain-route", ExplainRouteCommand.spec(surroundings, options))
                .addSubcommand("docs", hidden(spec("docs", new DocsCommand(surroundings))))
                .addSubcommand("train", hidden(spec("train", new TrainCommand())));
        root.usageMessage()
                .description("A transparent, recording proxy between Claude Code and the Anthropic API.", "")
                .customSynopsis("ccproxy [SETTINGS]            run the proxy", "       ccproxy [SETTINGS] COMMAND")
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nOptions and settings; docs/configuration.md tells more:%n")
                .sortOptions(false)
                .width(110);
        options.addTo(root);
        CommandLine commandLine = new CommandLine(root);
        commandLine.setOut(surroundings.output());
        commandLine.setErr(surroundings.errors());
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        commandLine.setParameterExceptionHandler((wrong, _) -> explain(wrong, surroundings));
        return commandLine;
    }

    static CommandSpec spec(String name, Callable<Integer> command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command)
                .name(name)
                .mixinStandardHelpOptions(true)
                .versionProvider(() -> new String[] {"ccproxy " + Version.current()});
        spec.usageMessage().sortOptions(false).width(110);
        return spec;
    }

    private static CommandSpec hidden(CommandSpec spec) {
        spec.usageMessage().hidden(true);
        return spec;
    }

    /** Listed for the help text; the launcher script does the work before Java starts. */
    private static CommandSpec launcherCommand(Surroundings surroundings, String synopsis, String description) {
        CommandSpec spec = spec(synopsis.split(" ", 2)[0], () -> {
            surroundings.errors().println("ccproxy: use the launcher for this: ./ccproxy " + synopsis);
            return ExitCodes.WRONG_USE;
        });
        spec.usageMessage().customSynopsis("ccproxy " + synopsis).description(description);
        return spec;
    }

    private static int explain(ParameterException wrong, Surroundings surroundings) {
        List<String> unknown = wrong instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().stream()
                        .filter(argument -> argument.startsWith("--") && argument.contains("."))
                        .map(argument -> argument.substring(2).split("=", 2)[0])
                        .toList()
                : List.of();
        unknown.forEach(
                path -> surroundings.errors().println("ccproxy: option --" + path + ": " + Keys.explainUnknown(path)));
        if (unknown.isEmpty()) {
            surroundings.errors().println("ccproxy: " + wrong.getMessage());
        }
        surroundings.errors().println("ccproxy --help lists all options and commands.");
        return ExitCodes.WRONG_USE;
    }
}
