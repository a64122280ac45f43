package dev.ccproxy.app;

/** Where the process begins; {@link ProgramCommands} lists what it can do. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(ProgramCommands.of(Surroundings.ofProcess()).execute(arguments));
    }
}
