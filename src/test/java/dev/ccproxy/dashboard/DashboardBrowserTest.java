package dev.ccproxy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.ccproxy.testing.ProxyUnderTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each step of {@code dashboard/e2e/steps.mjs} as a test: what a person with a browser sees. */
class DashboardBrowserTest {

    /** What would be {@code ~/.claude}; the steps write session files there. */
    @TempDir
    private Path claude;

    @TestFactory
    Stream<DynamicTest> inARealBrowser() throws Exception {
        List<JsonNode> told = new ArrayList<>();
        try (BrowserSteps steps = BrowserSteps.start()) {
            URI upstream =
                    URI.create(steps.next().orElseThrow().path("upstream").asString());
            try (ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "transcripts.dir", claude.toString())) {
                steps.tell("{\"proxy\":\"http://127.0.0.1:" + proxy.port() + "\",\"dashboard\":\"http://127.0.0.1:"
                        + proxy.dashboardPort() + "\",\"claude\":\"" + claude + "\"}");
                for (Optional<JsonNode> line = steps.next();
                        line.isPresent() && !line.get().has("end");
                        line = steps.next()) {
                    told.add(line.get());
                }
            }
        }
        assertThat(told).as("steps that were done").isNotEmpty();
        return told.stream()
                .map(step -> DynamicTest.dynamicTest(step.path("step").asString(), () -> judge(step)));
    }

    private static void judge(JsonNode step) {
        String failure = step.path("failure").asString();
        String note = step.path("note").asString();
        if (!failure.isEmpty()) {
            fail(failure);
        }
        if (note.startsWith("skipped: ")) {
            abort(note);
        }
    }
}
