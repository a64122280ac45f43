package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RecordedExchanges;
import dev.ccproxy.testing.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The real client's own files against what the proxy recorded of the same sessions. */
class ClientTranscriptsTest {

    private static final String CONVERSATION = "/api/conversations/" + ClaudeSession.SESSION_ID;

    private final ClaudeCode claude = ClaudeCode.installed();
    private final AtomicInteger answers = new AtomicInteger();
    private ClaudeWorkplace workplace;

    @BeforeEach
    void make() throws IOException {
        workplace = ClaudeWorkplace.create();
    }

    @AfterEach
    void clear() {
        workplace.close();
    }

    @Test
    void everyAnswerStandsInBothAndTheTokensAgree() throws Exception {
        try (FakeUpstream upstream = ClientBench.start(this::asksASubagentAfterATry);
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        upstream,
                        "transcripts.dir",
                        workplace.home().resolve(".claude").toString())) {
            ClaudeSession.Result result = ClaudeSession.print(
                    claude,
                    workplace,
                    proxy.uri(),
                    Map.of("CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1"),
                    "Do it.",
                    "--allowedTools",
                    "Agent Read",
                    "--session-id",
                    ClaudeSession.SESSION_ID);
            assertThat(result.exitCode()).as(result.output()).isZero();
            RecordedExchanges recorded = proxy.recorded();
            recorded.awaitEnded(5);

            JsonNode joined = recorded.json(CONVERSATION + "/exchanges");
            assertThat(joined.path("counts")).hasToString("{\"both\":4,\"wire\":1,\"files\":0,\"unexplained\":0}");
            assertThat(recorded.json(CONVERSATION + "/exchanges?in=both").findValuesAsString("by"))
                    .containsOnly("request_id");
            JsonNode tried = recorded.json(CONVERSATION + "/exchanges?in=wire").at("/items/0");
            assertThat(tried.path("why").asString()).isEqualTo("no_answer");
            assertThat(tried.path("outcome").asString()).isEqualTo("upstream_error");

            JsonNode summary = recorded.json(CONVERSATION + "/summary");
            assertThat(summary.at("/agents/0/type").asString()).isEqualTo("code-reviewer");
            assertThat(summary.at("/agents/0/toolUseId").asString()).isEqualTo("toolu_ask");
            assertThat(summary.path("firstPrompt").asString()).isEqualTo("Do it.");
            assertThat(summary.at("/file/broken").asInt()).isZero();
            assertThat(summary.at("/tokens/0/answers").asInt()).isEqualTo(4);
            assertThat(summary.at("/tokens/0/out").asLong()).isEqualTo(sum(recorded, "out"));
            assertThat(summary.at("/tokens/0/read").asLong()).isEqualTo(sum(recorded, "read"));
            assertThat(summary.at("/tokens/0/write5m").asLong()).isEqualTo(sum(recorded, "write5m"));
            assertThat(summary.at("/tokens/0/write1h").asLong()).isEqualTo(sum(recorded, "write1h"));

            JsonNode list = recorded.json("/api/conversations");
            assertThat(list.at("/conversations/0/id").asString()).isEqualTo(ClaudeSession.SESSION_ID);
            assertThat(list.at("/conversations/0/firstMessage").asString()).isEqualTo("Do it.");
            JsonNode whole = recorded.json(CONVERSATION + "?project="
                    + list.at("/conversations/0/projectName").asString());
            assertThat(whole.path("messages"))
                    .hasSize(list.at("/conversations/0/requestCount").asInt());
        }
    }

    @Test
    void aResumedAndAForkedSessionAreJoinedTo() throws Exception {
        try (FakeUpstream upstream = ClientBench.start(this::greets);
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        upstream,
                        "transcripts.dir",
                        workplace.home().resolve(".claude").toString())) {
            print(proxy, "Begin.", "--session-id", ClaudeSession.SESSION_ID);
            print(proxy, "Go on.", "--resume", ClaudeSession.SESSION_ID);
            print(proxy, "Elsewhere.", "--resume", ClaudeSession.SESSION_ID, "--fork-session");
            RecordedExchanges recorded = proxy.recorded();
            recorded.awaitEnded(3);

            assertThat(recorded.json(CONVERSATION + "/exchanges").path("counts"))
                    .hasToString("{\"both\":2,\"wire\":0,\"files\":0,\"unexplained\":0}");
            List<String> sessions = recorded.json("/api/conversations")
                    .path("conversations")
                    .valueStream()
                    .map(row -> row.path("id").asString())
                    .toList();
            assertThat(sessions).hasSize(2).contains(ClaudeSession.SESSION_ID);
            String fork = sessions.stream()
                    .filter(id -> !id.equals(ClaudeSession.SESSION_ID))
                    .findFirst()
                    .orElseThrow();
            JsonNode joined = recorded.json("/api/conversations/" + fork + "/exchanges");
            assertThat(joined.path("counts")).hasToString("{\"both\":3,\"wire\":0,\"files\":0,\"unexplained\":0}");
            assertThat(joined.path("items")
                            .valueStream()
                            .map(item -> item.path("otherSession").asString("")))
                    .containsExactly(ClaudeSession.SESSION_ID, ClaudeSession.SESSION_ID, "");
        }
    }

    private void print(ProxyUnderTest proxy, String... arguments) throws IOException {
        ClaudeSession.Result result = ClaudeSession.print(claude, workplace, proxy.uri(), arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private void greets(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript.message("msg_0Greeting" + answers.incrementAndGet(), request.model()).text("Hello.").stream(
                reply);
    }

    private static long sum(RecordedExchanges recorded, String member) {
        return recorded.list().stream()
                .mapToLong(line -> line.path(member).asLong(0))
                .sum();
    }

    /** Overloaded at first, then a subagent of two answers, then the end. */
    private void asksASubagentAfterATry(ModelRequest request, Reply reply) throws IOException {
        int answer = answers.incrementAndGet();
        if (answer == 1) {
            AnthropicScript.error(reply, "529 Overloaded", "overloaded_error", "req_0Overloaded");
            return;
        }
        AnthropicScript turn = AnthropicScript.message("msg_0Answer" + answer, request.model());
        boolean subagent = request.agentId().isPresent();
        if (subagent && request.toolResults() == 0) {
            turn
                    .thinking("A file.")
                    .text("I look.")
                    .toolUse("toolu_read", "Read", "{\"file_path\":\"README.md\"}")
                    .stream(reply);
        } else if (subagent) {
            turn.text("It is fine.").stream(reply);
        } else if (request.toolResults() == 0) {
            turn
                    .text("I ask.")
                    .toolUse(
                            "toolu_ask",
                            "Agent",
                            "{\"description\":\"Ask\",\"prompt\":\"Look at README.md.\",\"subagent_type\":\"code-reviewer\"}")
                    .stream(reply);
        } else {
            turn.text("Done.").stream(reply);
        }
    }
}
