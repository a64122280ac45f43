package dev.ccproxy.app;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the process stands in.
 *
 * @param workingDirectory where {@code config.yaml}, {@code .env} and {@code requests.db} are looked for
 * @param output for results and the greeting
 * @param errors for complaints
 */
record Surroundings(Path workingDirectory, Map<String, String> environment, PrintWriter output, PrintWriter errors) {

    Surroundings {
        environment = Map.copyOf(environment);
    }

    static Surroundings ofProcess() {
        Charset charset = System.out.charset();
        return new Surroundings(
                Path.of(""),
                System.getenv(),
                new PrintWriter(System.out, true, charset),
                new PrintWriter(System.err, true, charset));
    }
}
