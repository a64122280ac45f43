package dev.ccproxy.dashboard;

import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.ProxyUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The real client works through the proxy while a browser watches: {@code dashboard/e2e/client-steps.mjs}. */
class ClientWatchedTest {

    private static final Map<String, String> BLOCKING = Map.of("CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1");

    private static final String[] ASKED = {
        "Do it.", "--allowedTools", "Agent Read Edit", "--session-id", ClaudeSession.SESSION_ID
    };

    private final ClaudeCode claude = ClaudeCode.installed();

    @TestFactory
    Stream<DynamicTest> inARealBrowser() throws Exception {
        try (ClaudeWorkplace workplace = ClaudeWorkplace.create();
                BrowserSteps steps = BrowserSteps.start("client-steps.mjs");
                ProxyUnderTest proxy = ProxyUnderTest.to(steps.upstream())) {
            steps.lookAt(
                    proxy,
                    Map.of(
                            "session",
                            ClaudeSession.SESSION_ID,
                            "project",
                            workplace.project().toString()));
            return steps.awaitEnd(_ -> runClient(workplace, proxy, steps)).stream()
                    .map(BrowserSteps::asTest);
        }
    }

    private void runClient(ClaudeWorkplace workplace, ProxyUnderTest proxy, BrowserSteps steps) {
        try {
            steps.answer(ClaudeSession.print(claude, workplace, proxy.uri(), BLOCKING, ASKED));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
