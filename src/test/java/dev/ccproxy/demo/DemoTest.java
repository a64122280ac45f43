package dev.ccproxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.ProxyUnderTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the demo shows is recorded by the real program, as if it had come from the real client. */
class DemoTest {

    @Test
    void aFreshStoreIsFilledWithSessionsSubagentsFailuresAndABrokenCache() throws Exception {
        try (Demo demo = Demo.start();
                ProxyUnderTest proxy = ProxyUnderTest.to(demo.upstream())) {
            demo.fill(URI.create("http://127.0.0.1:" + proxy.port()));
            // Two rounds of four titles, six prompts that are counted, and 35 steps, two of which are refused first.
            List<JsonNode> rows = proxy.recorded().awaitEnded(90);
            assertThat(texts(rows, "outcome")).containsOnly("completed", "upstream_error");
            assertThat(texts(rows, "kind")).contains("main", "subagent", "title", "count_tokens");
            assertThat(texts(rows, "tool")).contains("Bash", "Edit", "Write", "TodoWrite", "Agent", "WebFetch");
            assertThat(texts(rows, "cause")).contains("history_rewritten");
            assertThat(rows)
                    .anySatisfy(row -> assertThat(row.path("status").asInt()).isEqualTo(529));
        }
    }

    private static List<String> texts(List<JsonNode> rows, String name) {
        return rows.stream().map(row -> row.path(name).asString("")).distinct().toList();
    }
}
