package dev.ccproxy.dashboard;

import static org.assertj.core.api.Assertions.fail;

import dev.ccproxy.testing.ProxyUnderTest;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Links, widths, keys, motion and large contents: {@code dashboard/e2e/page-steps.mjs}. */
class PagesBrowserTest {

    @TempDir
    private Path claude;

    @TestFactory
    Stream<DynamicTest> inARealBrowser() throws Exception {
        try (BrowserSteps steps = BrowserSteps.start("page-steps.mjs");
                ProxyUnderTest proxy = ProxyUnderTest.to(steps.upstream(), "transcripts.dir", claude.toString())) {
            steps.lookAt(proxy, Map.of());
            return steps.awaitEnd(asked -> fail("nobody does " + asked)).stream()
                    .map(BrowserSteps::asTest);
        }
    }
}
