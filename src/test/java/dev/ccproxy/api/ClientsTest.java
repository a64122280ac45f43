package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClientsTest extends ApiTest {

    private static final Instant START = Instant.parse("2026-11-24T08:30:00Z");

    private String sent(int hour, String agent, String betas, String body, String... more) throws InterruptedException {
        SampleExchange sample = new SampleExchange(START.plus(Duration.ofHours(hour)), "claude-opus-5-5");
        StoreEvent.Begun begun = sample.begun();
        String[] lines = new String[4 + more.length];
        lines[0] = "User-Agent";
        lines[1] = agent;
        lines[2] = "anthropic-beta";
        lines[3] = betas;
        System.arraycopy(more, 0, lines, 4, more.length);
        server.writer()
                .write(new StoreEvent.Begun(
                        begun.summary(), begun.target(), begun.clientAddress(), null, Headers.of(lines)));
        server.writer().write(sample.request(Bytes.utf8(body)));
        server.writer().write(sample.ended(STREAM));
        flush();
        return sample.id().toString();
    }

    private static String body(String system, String tool) {
        return "{\"model\":\"m\",\"max_tokens\":5,\"system\":[{\"type\":\"text\",\"text\":\"" + system
                + "\"}],\"tools\":[{\"name\":\"Bash\"},{\"name\":\"" + tool
                + "\"}],\"messages\":[{\"role\":\"user\",\"content\":\"" + system + "\"}]}";
    }

    @Test
    void eachProgramTellsWhenItWasSeenAndWhatAProxyChangesForIt() throws Exception {
        sent(0, "claude-cli/2.1.330 (external, cli)", "a", "{}");
        sent(3, "claude-cli/2.1.330 (external, cli)", "a", "{}");
        sent(4, "claude-cli/2.1.331 (external, sdk-cli)", "a", "{}");
        sent(5, "curl", "a", "{}");
        JsonNode items = json("/api/clients").path("items");
        assertThat(items.findValuesAsString("agent"))
                .containsExactly(
                        "curl", "claude-cli/2.1.331 (external, sdk-cli)", "claude-cli/2.1.330 (external, cli)");
        assertThat(items.get(0).has("version") || items.get(0).has("differences"))
                .isFalse();
        assertThat(items.get(1).at("/differences/exact").asBoolean()).isFalse();
        JsonNode exact = items.get(2);
        assertThat(exact.path("version").asString()).isEqualTo("2.1.330");
        assertThat(exact.path("exchanges").asInt()).isEqualTo(2);
        assertThat(exact.path("first").asLong())
                .isEqualTo(Instant.parse("2026-11-24T08:00:00Z").toEpochMilli());
        assertThat(exact.path("last").asLong())
                .isEqualTo(Instant.parse("2026-11-24T11:00:00Z").toEpochMilli());
        assertThat(exact.at("/differences/exact").asBoolean()).isTrue();
        assertThat(exact.at("/differences/items").findValuesAsString("name"))
                .contains("x-client-request-id", "prompt-caching-scope-2026-01-05", "diagnostics");
    }

    @Test
    void whatTheNewestReleaseSendsThatTheLastDidNotIsTold() throws Exception {
        sent(0, "claude-cli/2.1.9 (external, cli)", "gone", body("Very old", "Ancient"));
        String before = sent(1, "claude-cli/2.1.329 (external, cli)", "one,two", body("Old", "Read"), "x-old", "1");
        sent(2, "claude-cli/2.1.329 (external, sdk-cli)", "other", body("Other mode", "Read"));
        sent(3, "claude-cli/2.1.330 (external, cli)", "one", body("Not the last", "Read"));
        String after = sent(4, "claude-cli/2.1.330 (external, cli)", "one,three", body("New", "Grep"), "x-new", "1");

        JsonNode changes = json("/api/clients/changes");
        assertThat(changes.at("/before/exchange").asString()).isEqualTo(before);
        assertThat(changes.at("/after/exchange").asString()).isEqualTo(after);
        assertThat(changes.path("headers")).hasToString("{\"added\":[\"x-new\"],\"removed\":[\"x-old\"]}");
        assertThat(changes.path("betas")).hasToString("{\"added\":[\"three\"],\"removed\":[\"two\"]}");
        assertThat(changes.path("blocks").findValuesAsString("label"))
                .contains("Read", "Grep")
                .hasSize(3);
        assertThat(changes.path("blocks").findValuesAsString("kind")).doesNotContain("user");
        assertThat(changes.path("parameters")).isEmpty();

        assertThat(json("/api/clients/changes?from=2.1.9&to=2.1.329")
                        .at("/before/agent")
                        .asString())
                .startsWith("claude-cli/2.1.9 ");
    }

    @Test
    void withoutTwoVersionsThereIsNothingToCompare() throws Exception {
        problem("/api/clients/changes", 404);
        sent(0, "claude-cli/2.1.330 (external, cli)", "a", "{}");
        problem("/api/clients/changes", 404);
        problem("/api/clients/changes?from=1.0.0", 404);
    }
}
