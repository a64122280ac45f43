package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sessions of clients that send no session header, forks, and agents that a file names; as the API tells them. */
class InferredSessionsTest {

    private static final String HEADER_SESSION = "8a6e0804-2bd0-4672-b79d-d97027f9071a";
    private static final String FORK = "9b7f1915-3ce1-4783-a8ae-e08138a0182b";

    @TempDir
    Path folder;

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private FakeUpstream upstream;
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        upstream = FakeUpstream.start((request, reply) -> {
            if (failures.getAndDecrement() > 0) {
                AnthropicScript.error(reply, "529 Overloaded", "overloaded_error", "req_0Overloaded");
            } else {
                AnthropicScript.message("msg_0" + request.number(), "claude-opus-5-5")
                        .text("Hello.")
                        .whole(reply);
            }
        });
        proxy = ProxyUnderTest.to(upstream, "subagents.directories", folder.toString());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @Test
    void requestsThatGoOnWithEachOtherAreASessionOfTurns() throws Exception {
        ask(messages("One."));
        ask(messages("One.", "Hello.", "Two."));
        List<JsonNode> rows = ask(messages("One.", "Hello.", "Two.", "Hello.", "Three."));

        assertThat(rows).extracting(row -> row.path("inferred").asString()).containsOnly("content");
        JsonNode session = onlySession();
        assertThat(session.path("id").asString())
                .isEqualTo("content-" + rows.getFirst().path("id").asString());
        assertThat(session.path("inferred").asString()).isEqualTo("content");
        assertThat(session.path("title").asString()).isEqualTo("One.");
        assertThat(session.path("n").asInt()).isEqualTo(3);
        assertThat(session.path("turns").asInt()).isEqualTo(3);
        assertThat(rows).extracting(row -> row.has("divergedAt")).containsOnly(false);
    }

    @Test
    void conversationsThatRunSideBySideAreToldApart() throws Exception {
        ask(messages("One."));
        ask(messages("Another."));
        ask(messages("One.", "Hello.", "Go on."));
        List<JsonNode> rows = ask(messages("Another.", "Hello.", "Go on."));

        List<String> sessions =
                rows.stream().map(row -> row.path("sessionId").asString()).toList();
        assertThat(sessions.get(2)).isEqualTo(sessions.get(0)).isNotEqualTo(sessions.get(1));
        assertThat(sessions.get(3)).isEqualTo(sessions.get(1));
    }

    @Test
    void thePromptOfAnotherProgramBeginsAnotherConversation() throws Exception {
        ask(messages("One."), "User-Agent: first/1");
        List<JsonNode> rows = ask(messages("One.", "Hello.", "Two."), "User-Agent: second/1");

        assertThat(rows.get(1).path("sessionId")).isNotEqualTo(rows.get(0).path("sessionId"));
    }

    @Test
    void thePromptThatWasAnsweredBeginsAConversationAnewAndOneThatFailedIsTriedAgain() throws Exception {
        ask(messages("One."));
        failures.set(1);
        ask(messages("One."));
        List<JsonNode> rows = ask(messages("One."));

        assertThat(rows.get(1).path("sessionId")).isNotEqualTo(rows.get(0).path("sessionId"));
        assertThat(rows.get(2).path("sessionId")).isEqualTo(rows.get(1).path("sessionId"));
        assertThat(rows.get(2).path("attempt").asInt()).isEqualTo(2);
        assertThat(rows.get(2).path("attemptReason").asString()).isEqualTo("retry");
    }

    @Test
    void anEditedPromptIsABranchOfTheConversation() throws Exception {
        ask(messages("One."));
        ask(messages("One.", "Hello.", "Two."));
        List<JsonNode> rows = ask(messages("One.", "Hello.", "Something else."));

        assertThat(rows.get(2).path("sessionId")).isEqualTo(rows.get(0).path("sessionId"));
        assertThat(rows.get(2).path("divergedAt").asInt()).isEqualTo(2);
    }

    @Test
    void theBodyNamesTheSessionInBothForms() throws Exception {
        ask("{\"metadata\":{\"user_id\":\"user_ab_account_cd_session_" + HEADER_SESSION + "\"},"
                + messages("One.").substring(1));
        List<JsonNode> rows = ask("{\"metadata\":{\"user_id\":\"{\\\"device_id\\\":\\\"ab\\\",\\\"session_id\\\":\\\""
                + FORK + "\\\"}\"}," + messages("One.").substring(1));

        assertThat(rows).extracting(row -> row.path("sessionId").asString()).containsExactly(HEADER_SESSION, FORK);
        assertThat(rows).extracting(row -> row.path("inferred").asString()).containsOnly("metadata");
        assertThat(proxy.recorded()
                        .json("/api/sessions/" + FORK)
                        .at("/summary/inferred")
                        .asString())
                .isEqualTo("metadata");
    }

    @Test
    void aSessionThatTheHeaderNamesIsNotInferred() throws Exception {
        List<JsonNode> rows = ask(messages("One."), "X-Claude-Code-Session-Id: " + HEADER_SESSION);

        assertThat(rows.getFirst().has("inferred")).isFalse();
        assertThat(onlySession().has("inferred")).isFalse();
    }

    @Test
    void aNewSessionWithTheHistoryOfAnotherIsItsFork() throws Exception {
        ask(messages("One."), "X-Claude-Code-Session-Id: " + HEADER_SESSION);
        ask(messages("One.", "Hello.", "Two."), "X-Claude-Code-Session-Id: " + HEADER_SESSION);
        ask(messages("One.", "Hello.", "Elsewhere."), "X-Claude-Code-Session-Id: " + FORK);
        ask(messages("One.", "Hello.", "Elsewhere.", "Hello.", "On."), "X-Claude-Code-Session-Id: " + FORK);

        JsonNode fork = proxy.recorded().json("/api/sessions/" + FORK);
        assertThat(fork.at("/summary/forkedFrom"))
                .hasToString("{\"session\":\"" + HEADER_SESSION + "\",\"messages\":1}");
        assertThat(fork.at("/summary/turns").asInt()).isEqualTo(2);
        JsonNode origin = proxy.recorded().json("/api/sessions/" + HEADER_SESSION);
        assertThat(origin.path("forks")).hasToString("[\"" + FORK + "\"]");
        assertThat(origin.path("summary").has("forkedFrom")).isFalse();
    }

    @Test
    void aSessionThatBeginsLikeAnotherIsNoFork() throws Exception {
        ask(messages("One."), "X-Claude-Code-Session-Id: " + HEADER_SESSION);
        ask(messages("One."), "X-Claude-Code-Session-Id: " + FORK);
        ask(messages("One.", "Hello.", "Two."), "X-Claude-Code-Session-Id: " + FORK);

        assertThat(proxy.recorded()
                        .json("/api/sessions/" + FORK)
                        .path("summary")
                        .has("forkedFrom"))
                .isFalse();
    }

    @Test
    void anAgentWhoseDefinitionIsInAFileIsNamedAndItIsSaidHow() throws Exception {
        Files.writeString(folder.resolve("critic.md"), "---\nname: critic\n---\n\nYou find faults.\n");
        List<JsonNode> rows = ask(
                "{\"system\":[{\"type\":\"text\",\"text\":\"You find faults.\\n\\nNotes:\\n- Be brief.\"}],"
                        + messages("Look.").substring(1),
                "X-Claude-Code-Session-Id: " + HEADER_SESSION,
                "X-Claude-Code-Agent-Id: a0123456789abcdef",
                "X-Claude-Code-Agent-Type: custom");

        assertThat(rows.getFirst().path("agentName").asString()).isEqualTo("critic");
        JsonNode agents =
                proxy.recorded().json("/api/sessions/" + HEADER_SESSION).path("agents");
        assertThat(agents.at("/0/name").asString()).isEqualTo("critic");
        assertThat(agents.at("/0/nameSource").asString()).isEqualTo("definition");
    }

    private JsonNode onlySession() {
        JsonNode sessions = proxy.recorded().json("/api/sessions").path("items");
        assertThat(sessions).hasSize(1);
        return sessions.get(0);
    }

    /** All rows, oldest first. */
    private List<JsonNode> ask(String body, String... lines) throws IOException {
        try (RawClient client = proxy.client()) {
            client.post("/v1/messages", body, lines).read();
        }
        return proxy.recorded().awaitEnded(sent.incrementAndGet());
    }

    /** Those of user and assistant in turn. */
    private static String messages(String... texts) {
        List<String> messages = new ArrayList<>();
        for (String text : texts) {
            String role = messages.size() % 2 == 0 ? "user" : "assistant";
            messages.add("{\"role\":\"" + role + "\",\"content\":\"" + text + "\"}");
        }
        return "{\"model\":\"claude-opus-5-5\",\"max_tokens\":9,\"messages\":[" + String.join(",", messages) + "]}";
    }
}
