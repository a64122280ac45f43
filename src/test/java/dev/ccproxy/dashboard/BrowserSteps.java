package dev.ccproxy.dashboard;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program in Node that drives the browser: one line of JSON after the other. Where Node, a Chromium or the dashboard
 * are missing, tests are skipped, or fail under {@code -Dccproxy.required=true}.
 */
final class BrowserSteps implements AutoCloseable {

    private static final Path DASHBOARD = Path.of("dashboard").toAbsolutePath();

    private static final List<String> BROWSERS = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    private BrowserSteps(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    static BrowserSteps start() throws IOException, InterruptedException {
        if (BrowserSteps.class.getResource("/web/files.txt") == null) {
            missing("the program was built without its dashboard");
        }
        String browser = browser();
        Process install = node("build.mjs", "install").inheritIO().start();
        if (!install.waitFor(10, TimeUnit.MINUTES) || install.exitValue() != 0) {
            missing("the packages of dashboard/package-lock.json could not be installed");
        }
        ProcessBuilder builder = node("e2e/run.mjs").redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CHROMIUM", browser);
        return new BrowserSteps(builder.start());
    }

    private static ProcessBuilder node(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("node"), Stream.of(arguments)).toList();
        return new ProcessBuilder(command).directory(DASHBOARD.toFile());
    }

    private static String browser() {
        return Stream.concat(Optional.ofNullable(System.getenv("CHROMIUM")).stream(), BROWSERS.stream())
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseGet(() -> missing("no Chromium is installed (CHROMIUM names one)"));
    }

    private static String missing(String what) {
        return Boolean.getBoolean("ccproxy.required") ? fail(what) : abort(what);
    }

    void tell(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** The next line; empty when the program has ended. */
    Optional<JsonNode> next() throws IOException {
        @Nullable String line = output.readLine();
        return line == null ? Optional.empty() : Optional.of(JsonMapper.shared().readTree(line));
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        output.close();
    }
}
