package dev.ccproxy.app;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the process stands in.
 *
 * @param workingDirectory where {@code config.yaml}, {@code .env} and {@code requests.db} are looked for
 * @param output for results and the greeting
 * @param errors for complaints and progress
 * @param input for answers to questions, and for commands that read what they work on, which is UTF-8 anywhere
 * @param interactive whether a person reads {@code errors} and types {@code input}
 */
record Surroundings(
        Path workingDirectory,
        Map<String, String> environment,
        PrintWriter output,
        PrintWriter errors,
        BufferedReader input,
        boolean interactive) {

    Surroundings {
        environment = Map.copyOf(environment);
    }

    static Surroundings ofProcess() {
        Charset charset = System.out.charset();
        return new Surroundings(
                Path.of(""),
                System.getenv(),
                new PrintWriter(System.out, true, charset),
                new PrintWriter(System.err, true, charset),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                isTerminal());
    }

    /** A run-time image without the module of line editing has no console where there is no terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
