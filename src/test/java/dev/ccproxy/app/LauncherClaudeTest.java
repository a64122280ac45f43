package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.app.LauncherBench.Ended;
import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.ConfigurationSources;
import dev.ccproxy.config.Settings;
import dev.ccproxy.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./ccproxy claude} with the real program and a fake claude. */
class LauncherClaudeTest {

    private static final String FAKE_CLAUDE = """
            printf '%s\\n' "$ANTHROPIC_BASE_URL" "$CLAUDE_CODE_GATEWAY_HINT_HEADERS" "$NO_PROXY" "$@"
            exec 3<>"/dev/tcp/127.0.0.1/${ANTHROPIC_BASE_URL##*:}" || exit 99
            exit 7
            """;

    @TempDir
    private Path directory;

    private LauncherBench bench;
    private String port;

    @BeforeEach
    void prepare() throws IOException {
        bench = new LauncherBench(directory.toRealPath()).maven().jdk("25", """
                while [ "$1" != -jar ]; do shift; done
                shift 2
                exec "%s/bin/java" -Xshare:auto -XX:TieredStopAtLevel=1 -cp "%s" dev.ccproxy.app.Main "$@"
                """.formatted(
                        System.getProperty("java.home"), System.getProperty("java.class.path")));
        port = String.valueOf(freePort());
        bench.environment("PORT", port).environment("DASHBOARD_PORT", "0");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void itStartsTheProxyRunsClaudeAndStopsTheProxy() throws Exception {
        Ended ended = bench.tool("claude", FAKE_CLAUDE)
                .environment("NO_PROXY", "example.com")
                .run("claude", "-p", "two words", "--resume");

        assertThat(ended.errors())
                .contains("proxy at http://127.0.0.1:" + port, "recording to " + directory.toRealPath());
        assertThat(ended.output().lines())
                .containsExactly(
                        "http://127.0.0.1:" + port,
                        "1",
                        "example.com,127.0.0.1,localhost,::1",
                        "-p",
                        "two words",
                        "--resume");
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(nobodyListens()).as("the proxy has ended").isTrue();
        assertThat(directory.resolve("cache/proxy-" + port + "/proxy.log"))
                .content()
                .contains("Claude Code Proxy");
    }

    private boolean nobodyListens() {
        try (ServerSocket socket = new ServerSocket(Integer.parseInt(port), 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Test
    void itJoinsTheProxyThatRunsAndLeavesItRunning() throws Exception {
        try (Application running = Application.start(settings())) {
            bench.environment("PORT", String.valueOf(running.proxyPort()));

            Ended ended = bench.tool("claude", FAKE_CLAUDE).run("claude");

            assertThat(ended.exitCode()).isEqualTo(7);
            assertThat(ended.errors()).contains("joining the proxy at http://127.0.0.1:" + running.proxyPort());
            assertThat(bench.run("claude").errors()).as("still there").contains("joining the proxy");
        }
    }

    @Test
    void sessionsThatBeginAtOnceShareOneProxyAndTheLastOneStopsIt() throws Exception {
        bench.tool("claude", """
                : >"$CCPROXY_CACHE/here.$$"
                set -- "$CCPROXY_CACHE"/here.*
                until [ $# -ge 2 ]; do sleep 0.1; set -- "$CCPROXY_CACHE"/here.*; done
                exec 3<>"/dev/tcp/127.0.0.1/${ANTHROPIC_BASE_URL##*:}" || exit 99
                exit 7
                """);
        bench.run("build");
        Future<Ended> other;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other = threads.submit(() -> bench.run("claude"));
            assertThat(bench.run("claude").exitCode()).isEqualTo(7);
        }

        assertThat(other.get().exitCode()).as(other.get().errors()).isEqualTo(7);
        assertThat(nobodyListens()).as("the proxy has ended").isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void interruptedWhileTheProxyStartsItLeavesNoProxyBehind(int times) throws Exception {
        // Who starts the tests in the background of a script has them ignore interrupts, and a shell cannot undo that.
        bench.tool("claude", FAKE_CLAUDE).tool("interrupted", """
                set -m
                env --default-signal=INT "$1" claude &
                until [ -s "$CCPROXY_CACHE/proxy-$PORT/process" ]; do sleep 0.1; done
                cat "$CCPROXY_CACHE/proxy-$PORT/process"
                launcher=$!
                for ((i = 0; i < $2; i++)); do
                  kill -INT -- -$launcher 2>/dev/null
                  sleep 0.1
                done
                wait $launcher
                """);

        Ended ended = bench.runScript(
                "../tools/interrupted", bench.root().resolve("ccproxy").toString(), Integer.toString(times));

        assertThat(ended.exitCode()).isEqualTo(130);
        ProcessHandle.of(Long.parseLong(ended.output().split("-", 2)[0]))
                .ifPresent(proxy -> assertThat(proxy.onExit()).succeedsWithin(Patience.DEFAULT));
        assertThat(nobodyListens()).isTrue();
    }

    @Test
    void aProcessThatGotTheNumberOfADeadProxyIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "300").start();
        try {
            Path state = Files.createDirectories(directory.resolve("cache/proxy-" + port));
            Files.writeString(state.resolve("process"), stranger.pid() + "-1");
            Path session = Files.createDirectories(state.resolve("sessions")).resolve(stranger.pid() + "-1");
            Files.createFile(session);
            try (Application running = Application.start(settings())) {
                bench.environment("PORT", String.valueOf(running.proxyPort()));
                Files.move(state, state.resolveSibling("proxy-" + running.proxyPort()));

                assertThat(bench.tool("claude", FAKE_CLAUDE).run("claude").exitCode())
                        .isEqualTo(7);

                assertThat(stranger.isAlive()).isTrue();
                assertThat(state.resolveSibling("proxy-" + running.proxyPort() + "/sessions"))
                        .as("sessions that are over")
                        .isEmptyDirectory();
            }
        } finally {
            stranger.destroyForcibly();
        }
    }

    private Settings settings() throws IOException {
        Path own = Files.createDirectories(directory.resolve("running"));
        Map<String, String> options = Map.of(
                "server.port",
                "0",
                "dashboard.port",
                "0",
                "storage.db_path",
                own.resolve("requests.db").toString());
        return Configuration.load(new ConfigurationSources(own, Map.of(), options, Optional.empty()))
                        instanceof Configuration.Valid valid
                ? valid.settings()
                : throwInvalid();
    }

    private static Settings throwInvalid() {
        throw new AssertionError("the settings of this test are wrong");
    }

    @Test
    void anotherProgramOnThePortIsNotMistakenForTheProxy() throws Exception {
        try (ServerSocket other = new ServerSocket(Integer.parseInt(port), 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUpOnEveryone(other));

            Ended ended = bench.tool("claude", FAKE_CLAUDE).run("claude");

            assertThat(ended.exitCode()).isEqualTo(4);
            assertThat(ended.output()).isEmpty();
            assertThat(ended.errors()).contains("the proxy did not start", "cannot listen");
        }
    }

    private static void hangUpOnEveryone(ServerSocket server) {
        try {
            while (!server.isClosed()) {
                server.accept().close();
            }
        } catch (IOException closed) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    @Test
    void aMissingClaudeIsExplained() throws Exception {
        Ended ended = bench.run("claude");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("claude is not on the PATH", "npm install -g @anthropic-ai/claude-code");
    }

    @Test
    void mistakesInTheConfigurationStopIt() throws Exception {
        Ended ended = bench.tool("claude", FAKE_CLAUDE)
                .environment("LOG_LEVEL", "chatty")
                .run("claude");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.errors()).contains("log.level = chatty");
    }
}
