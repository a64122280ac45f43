package dev.ccproxy.dashboard;

import dev.ccproxy.app.StartException;
import dev.ccproxy.testing.ProxyUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Bursts, cuts, restarts and many tabs: {@code dashboard/e2e/live-steps.mjs}. */
class LiveBrowserTest {

    @TempDir
    private Path folder;

    private @Nullable ProxyUnderTest proxy;

    @AfterEach
    void close() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> inARealBrowser() throws Exception {
        try (BrowserSteps steps = BrowserSteps.start("live-steps.mjs")) {
            URI upstream = steps.upstream();
            start(upstream, steps);
            return steps.awaitEnd(_ -> restart(upstream, steps)).stream().map(BrowserSteps::asTest);
        }
    }

    /** Each time with the same store, on other ports. */
    private void start(URI upstream, BrowserSteps steps) throws IOException, StartException {
        ProxyUnderTest started = ProxyUnderTest.to(
                upstream, "storage.db_path", folder.resolve("requests.db").toString());
        proxy = started;
        steps.lookAt(started, Map.of());
    }

    private void restart(URI upstream, BrowserSteps steps) {
        try {
            close();
            start(upstream, steps);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (StartException refused) {
            throw new AssertionError(refused);
        }
    }
}
