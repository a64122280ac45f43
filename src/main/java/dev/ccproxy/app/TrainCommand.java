package dev.ccproxy.app;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.ConfigurationSources;
import dev.ccproxy.config.Settings;
import java.io.IOException;
import java.net.URI;
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

    private static final int SESSIONS = 16;
    private static final int TURNS = 40;
    private static final int PAGE_EACH_TURNS = 20;

    /** Without {@code /openapi.json}: each start would load the library of its schemas, which hardly one needs. */
    private static final List<String> PAGES =
            List.of("/", "/livez", "/readyz", "/health", "/api/exchanges?limit=50", "/api/requests");

    @Override
    public Integer call() throws IOException, StartException {
        Path folder = Files.createTempDirectory("ccproxy-training");
        try (TrainingUpstream upstream = TrainingUpstream.start();
                Application application = Application.start(settings(folder, upstream.address()))) {
            int pages = 0;
            for (int number = 0; number < SESSIONS; number++) {
                TrainingSession session = new TrainingSession(number);
                try (TrainingClient client = new TrainingClient(application.proxyPort())) {
                    for (int turn = 0; turn < TURNS; turn++) {
                        client.post(session.next());
                        if (turn % PAGE_EACH_TURNS == 0) {
                            TrainingClient.get(application.proxyPort(), PAGES.get(pages++ % PAGES.size()));
                        }
                    }
                }
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

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
