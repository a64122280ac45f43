package dev.ccproxy.testing;

import dev.ccproxy.app.Application;
import dev.ccproxy.app.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
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
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "providers.anthropic.base_url";
        all[settings.length + 1] = upstream.toString();
        return new ProxyUnderTest(Application.start(TestSettings.configured(directory, environment, all)), directory);
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
