package dev.ccproxy.testing;

import dev.ccproxy.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real program as a process of its own, on free ports: for what signals do to it. Safe for all threads. */
public final class ProgramUnderTest implements AutoCloseable {

    private static final Pattern PROXY = Pattern.compile("\\bproxy +http://127\\.0\\.0\\.1:(\\d+) ");

    private final Process process;
    private final int port;

    private ProgramUnderTest(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it in this folder, which holds its database and its log; returns when it says that it is ready. */
    public static ProgramUnderTest start(Path folder, URI upstream, String... options) throws IOException {
        return startOn(0, folder, upstream, options);
    }

    /** As the other, on a proxy port that somebody else must know. */
    public static ProgramUnderTest startOn(int port, Path folder, URI upstream, String... options) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "--server.port=" + port,
                                "--dashboard.port=0",
                                "--providers.anthropic.base_url=" + upstream,
                                "--storage.db_path=" + database(folder)),
                        Stream.of(options))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(log(folder).toFile());
        builder.environment().clear();
        Process process = builder.start();
        return new ProgramUnderTest(process, port(process, folder));
    }

    public static Path database(Path folder) {
        return folder.resolve("requests.db");
    }

    private static Path log(Path folder) {
        return folder.resolve("log.txt");
    }

    private static int port(Process process, Path folder) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher greeting = PROXY.matcher(line);
            if (greeting.find()) {
                return Integer.parseInt(greeting.group(1));
            }
        }
        throw new AssertionError("the program did not start: " + Files.readString(log(folder)));
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public RecordedExchanges recorded() {
        return new RecordedExchanges(port);
    }

    public RawClient client() throws IOException {
        return RawClient.connect(port);
    }

    /** Asks it to end, as {@code kill} and service managers do (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends it without asking (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end; gives the exit code. */
    public int awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the program did not end within " + atMost);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
