package dev.ccproxy.dashboard;

import static org.assertj.core.api.Assertions.fail;

import dev.ccproxy.app.StartException;
import dev.ccproxy.testing.ProxyUnderTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each step of {@code dashboard/e2e/steps.mjs} as a test: what a person with a browser sees. */
class DashboardBrowserTest {

    /** What would be {@code ~/.claude}; the steps write session files there. */
    @TempDir
    private Path claude;

    @TestFactory
    Stream<DynamicTest> inARealBrowser() throws Exception {
        try (BrowserSteps steps = BrowserSteps.start("steps.mjs");
                ProxyUnderTest proxy = inFrontOf(steps.upstream())) {
            steps.lookAt(proxy, Map.of("claude", claude.toString()));
            return steps.awaitEnd(asked -> fail("nobody does " + asked)).stream()
                    .map(BrowserSteps::asTest);
        }
    }

    /** One model is answered by another provider; a rule for another one matches nothing. */
    private ProxyUnderTest inFrontOf(URI upstream) throws IOException, StartException {
        return ProxyUnderTest.to(
                upstream,
                "transcripts.dir",
                claude.toString(),
                "providers.openai.base_url",
                upstream + "/v1",
                "providers.openai.api_format",
                "openai-chat",
                "subagents.enable",
                "true",
                "subagents.mappings",
                "{no-such-agent: gpt-4o}",
                "routes",
                "[{name: elsewhere, model: 'claude-elsewhere-*', to: gpt-4o}]");
    }
}
