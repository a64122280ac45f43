package dev.ccproxy.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A running client with a clean environment, as {@code env -i} gives it. For one thread. */
public final class ClaudeSession implements AutoCloseable {

    /** The session id of every run, so that two runs send the same. */
    public static final String SESSION_ID = "0b5e1f6a-7c1d-4e2f-8a3b-4c5d6e7f8091";

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** What a run printed, and how it ended. */
    public record Result(int exitCode, String output) {}

    private final Process process;
    private final Changes changes = new Changes();
    private final StringBuilder output = new StringBuilder();

    private ClaudeSession(Process process) {
        this.process = process;
        Thread.ofVirtual().name("claude-output").start(this::collect);
    }

    /** Runs {@code claude -p} to its end. */
    public static Result print(ClaudeCode claude, ClaudeWorkplace workplace, URI baseUrl, String... arguments)
            throws IOException {
        return print(claude, workplace, baseUrl, Map.of(), arguments);
    }

    /** Runs {@code claude -p} to its end, with more variables. */
    public static Result print(
            ClaudeCode claude, ClaudeWorkplace workplace, URI baseUrl, Map<String, String> more, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(claude.executable().toString(), "-p"));
        command.addAll(Arrays.asList(arguments));
        try (ClaudeSession session = new ClaudeSession(start(command, workplace, baseUrl, more))) {
            session.process.getOutputStream().close();
            return session.awaitEnd();
        }
    }

    /** Starts the interactive client in a terminal of 120 by 40. */
    public static ClaudeSession interactive(ClaudeCode claude, ClaudeWorkplace workplace, URI baseUrl)
            throws IOException {
        String shell = "stty rows 40 cols 120; exec '" + claude.executable() + "' --session-id " + SESSION_ID;
        List<String> command = List.of("script", "--quiet", "--flush", "--return", "--command", shell, "/dev/null");
        return new ClaudeSession(start(command, workplace, baseUrl, Map.of("SHELL", "/bin/sh")));
    }

    private static Process start(List<String> command, ClaudeWorkplace workplace, URI baseUrl, Map<String, String> more)
            throws IOException {
        String closed = "http://127.0.0.1:" + closedPort();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workplace.project().toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.putAll(new TreeMap<>(Map.of(
                "PATH", path,
                "HOME", workplace.home().toString(),
                "LANG", "C.UTF-8",
                "TERM", "xterm-256color",
                "TZ", "UTC",
                "ANTHROPIC_BASE_URL", baseUrl.toString(),
                "ANTHROPIC_API_KEY", ClaudeWorkplace.API_KEY,
                "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
                "CLAUDE_CODE_MAX_RETRIES", "2")));
        // Whatever it wants from elsewhere fails at once, and is not asked of the network.
        environment.putAll(Map.of("HTTPS_PROXY", closed, "HTTP_PROXY", closed, "NO_PROXY", "127.0.0.1,localhost"));
        environment.putAll(more);
        return builder.start();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }

    /** Types these characters. */
    public void type(String keys) throws IOException {
        OutputStream terminal = process.getOutputStream();
        terminal.write(keys.getBytes(StandardCharsets.UTF_8));
        terminal.flush();
    }

    /** Waits until the screen has shown this text, in one piece. */
    public void awaitOutput(String text) {
        changes.await(LIMIT, () -> output.indexOf(text) >= 0, () -> "'" + text + "' on the screen; it shows " + output);
    }

    /** What was printed so far. */
    public String output() {
        return changes.read(output::toString);
    }

    private Result awaitEnd() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the client did not end within " + LIMIT + "; it printed " + output());
            }
            return new Result(process.exitValue(), output());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    /** Ends the client and whatever it started. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(handle -> handle.onExit().join());
        process.destroyForcibly().onExit().join();
    }

    private void collect() {
        byte[] buffer = new byte[8192];
        try {
            for (int length = process.getInputStream().read(buffer);
                    length >= 0;
                    length = process.getInputStream().read(buffer)) {
                String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
                changes.make(() -> output.append(text));
            }
        } catch (IOException closed) {
            return;
        }
    }
}
