package dev.ccproxy.app;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** One run of the program in a folder of its own, by a person who types {@code typed}. */
final class CommandRun {

    private final Path directory;
    private final String typed;
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    CommandRun(Path directory, String typed) {
        this.directory = directory;
        this.typed = typed;
    }

    CommandRun(Path directory) {
        this(directory, "");
    }

    int of(String... arguments) {
        return Main.execute(
                new Surroundings(
                        directory,
                        Map.of("DB_PATH", directory.resolve("store.db").toString()),
                        new PrintWriter(output, true),
                        new PrintWriter(errors, true),
                        new BufferedReader(new StringReader(typed)),
                        !typed.isEmpty()),
                arguments);
    }

    String output() {
        return output.toString();
    }

    String errors() {
        return errors.toString();
    }
}
