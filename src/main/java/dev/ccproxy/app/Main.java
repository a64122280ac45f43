package dev.ccproxy.app;

import java.util.Map;
import java.util.Optional;

/** Where the process begins; {@link ProgramCommands} lists what it can do. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(execute(Surroundings.ofProcess(), arguments));
    }

    /**
     * Does what the command line says and answers the exit code.
     *
     * <p>Most starts have no arguments. They leave out the command-line library: its classes cannot be kept in the JVM's
     * start-up cache (they are compiled for Java 5), and loading them takes longer than everything else together.
     */
    static int execute(Surroundings surroundings, String... arguments) {
        return arguments.length == 0
                ? new RunCommand(
                                surroundings,
                                () -> ReportedConfiguration.load(surroundings, Map.of(), Optional.empty()))
                        .call()
                : ProgramCommands.of(surroundings).execute(arguments);
    }
}
