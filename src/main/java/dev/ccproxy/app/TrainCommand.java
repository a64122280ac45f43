package dev.ccproxy.app;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.ConfigurationSources;
import dev.ccproxy.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Runs the program for a moment, on free loopback ports and with a throw-away store, so that the JVM can record which
 * classes it needs and which methods are hot. The launcher calls it after each build.
 */
final class TrainCommand implements Callable<Integer> {

    private static final int ROUNDS = 150;
    private static final List<String> PAGES =
            List.of("/", "/livez", "/readyz", "/health", "/openapi.json", "/api/exchanges?limit=50", "/api/requests");
    private static final String QUESTION =
            "{\"model\":\"claude-opus-5-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"stream\":true}";

    @Override
    public Integer call() throws IOException, StartException {
        Path folder = Files.createTempDirectory("ccproxy-training");
        try (TrainingUpstream upstream = TrainingUpstream.start();
                Application application = Application.start(settings(folder, upstream.address()))) {
            for (int round = 0; round < ROUNDS; round++) {
                post(application.proxyPort());
                get(application.proxyPort(), PAGES.get(round % PAGES.size()));
            }
        } finally {
            delete(folder);
        }
        return ExitCodes.DONE;
    }

    private static Settings settings(Path folder, URI upstream) {
        Map<String, String> options = Map.of(
                "server.port", "0",
                "dashboard.port", "0",
                "providers.anthropic.base_url", upstream.toString(),
                "storage.db_path", folder.resolve("training.db").toString(),
                "log.level", "error");
        ConfigurationSources sources = new ConfigurationSources(folder, Map.of(), options, Optional.empty());
        return switch (Configuration.load(sources)) {
            case Configuration.Valid valid -> {
                Logging.configure(valid.settings().log());
                yield valid.settings();
            }
            case Configuration.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    private static void post(int port) throws IOException {
        exchange(
                port,
                "POST /v1/messages?beta=true HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nx-api-key: training\r\nContent-Length: "
                        + QUESTION.length() + "\r\n\r\n" + QUESTION);
    }

    private static void get(int port, String target) throws IOException {
        exchange(port, "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    }

    private static void exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
