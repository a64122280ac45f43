package dev.ccproxy.testing;

import dev.ccproxy.app.Application;
import dev.ccproxy.app.StartException;
import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.ConfigurationSources;
import dev.ccproxy.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The real program inside this JVM, on free ports, with a store of its own. Safe for all threads. */
public final class ProxyUnderTest implements AutoCloseable {

    private final Application application;
    private final Path directory;

    private ProxyUnderTest(Application application, Path directory) {
        this.application = application;
        this.directory = directory;
    }

    /** A proxy in front of this upstream; settings by key: {@code to(upstream, "server.max_body_bytes", "1000")}. */
    public static ProxyUnderTest to(FakeUpstream upstream, String... settings) throws IOException, StartException {
        return to(upstream.uri(), settings);
    }

    /** A proxy in front of whatever is at this address. */
    public static ProxyUnderTest to(URI upstream, String... settings) throws IOException, StartException {
        return to(upstream, Map.of(), settings);
    }

    /** The same with environment variables. */
    public static ProxyUnderTest to(URI upstream, Map<String, String> environment, String... settings)
            throws IOException, StartException {
        Path directory = Files.createTempDirectory("proxy-under-test");
        Map<String, String> options = new HashMap<>(Map.of(
                "server.port",
                "0",
                "dashboard.port",
                "0",
                "providers.anthropic.base_url",
                upstream.toString(),
                "storage.db_path",
                directory.resolve("requests.db").toString()));
        for (int i = 0; i < settings.length; i += 2) {
            options.put(settings[i], settings[i + 1]);
        }
        return new ProxyUnderTest(Application.start(settings(directory, environment, options)), directory);
    }

    private static Settings settings(Path directory, Map<String, String> environment, Map<String, String> options) {
        var sources = new ConfigurationSources(directory, environment, options, Optional.empty());
        return switch (Configuration.load(sources)) {
            case Configuration.Valid valid -> valid.settings();
            case Configuration.Invalid(var problems) ->
                throw new AssertionError(List.copyOf(problems).toString());
        };
    }

    public int port() {
        return application.proxyPort();
    }

    public int dashboardPort() {
        return application.dashboardPort();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public RawClient client() throws IOException {
        return RawClient.connect(port());
    }

    public RecordedExchanges recorded() {
        return new RecordedExchanges(port());
    }

    @Override
    public void close() throws IOException {
        application.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
