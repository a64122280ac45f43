package dev.ccproxy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.ccproxy.testing.ProxyUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
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

    /** The steps of this file in {@code dashboard/e2e}. */
    static BrowserSteps start(String file) throws IOException, InterruptedException {
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
        builder.environment().put("STEPS", "./" + file);
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

    /** Where the model server of the steps listens; the first thing they tell. */
    URI upstream() throws IOException {
        return URI.create(next().orElseThrow().path("upstream").asString());
    }

    /** Names the program to look at, which begins the steps. */
    void lookAt(ProxyUnderTest proxy, Map<String, String> more) throws IOException {
        Map<String, String> program = new TreeMap<>(more);
        program.put("proxy", proxy.uri().toString());
        program.put("dashboard", "http://127.0.0.1:" + proxy.dashboardPort());
        answer(program);
    }

    /** Waits for the end of all steps; what they ask for meanwhile is done on a thread of its own. */
    List<JsonNode> awaitEnd(Consumer<JsonNode> asked) throws IOException {
        List<JsonNode> told = new ArrayList<>();
        for (Optional<JsonNode> line = next(); line.isPresent() && !line.get().has("end"); line = next()) {
            JsonNode here = line.get();
            if (here.has("step")) {
                told.add(here);
            } else {
                Thread.ofVirtual().name("asked").start(() -> asked.accept(here));
            }
        }
        assertThat(told).as("steps that were done").isNotEmpty();
        return told;
    }

    /** What a step waits for that asked for something. */
    synchronized void answer(Object value) throws IOException {
        input.write(JsonMapper.shared().writeValueAsString(value) + "\n");
        input.flush();
    }

    private Optional<JsonNode> next() throws IOException {
        @Nullable String line = output.readLine();
        return line == null ? Optional.empty() : Optional.of(JsonMapper.shared().readTree(line));
    }

    /** A step as a test of its own. */
    static DynamicTest asTest(JsonNode step) {
        return DynamicTest.dynamicTest(step.path("step").asString(), () -> {
            String failure = step.path("failure").asString();
            String note = step.path("note").asString();
            if (!failure.isEmpty()) {
                fail(failure);
            }
            if (note.startsWith("skipped: ")) {
                abort(note);
            }
        });
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        output.close();
    }
}
