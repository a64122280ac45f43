package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.OpenAiScript;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.Reply;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Subagents of the real client that another provider answers, while the main agent stays where it is. */
class ClientReroutedSubagentTest {

    private static final Map<String, String> BLOCKING = Map.of("CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1");
    private static final String TOOLS = "Agent Read Grep Bash";

    private final ClaudeCode claude = ClaudeCode.installed();
    private ClaudeWorkplace workplace;

    @BeforeEach
    void start() throws IOException {
        workplace = ClaudeWorkplace.create();
        Files.writeString(workplace.project().resolve(".claude/agents/code-reviewer.md"), """
                ---
                name: code-reviewer
                description: Reviews a file and says what is wrong with it.
                tools: Read, Grep, Bash, Agent
                ---

                You look at one file and answer with one sentence about it.
                """);
    }

    @AfterEach
    void close() throws IOException {
        workplace.close();
    }

    private ProxyUnderTest proxy(FakeUpstream anthropic, FakeUpstream other, String format) throws Exception {
        return ProxyUnderTest.to(
                anthropic,
                "providers.openai.base_url",
                other.uri().toString(),
                "providers.openai.api_format",
                format,
                "providers.openai.api_key",
                "sk-other",
                "subagents.enable",
                "true",
                "subagents.mappings",
                "code-reviewer:gpt-4o",
                "subagents.directories",
                workplace.project().resolve(".claude/agents").toString());
    }

    private static List<JsonNode> rerouted(ProxyUnderTest proxy, int exchanges) {
        return proxy.recorded().awaitEnded(exchanges).stream()
                .filter(row -> row.has("rule"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-chat", "openai-responses"})
    void theReviewerUsesItsToolsOverSeveralTurnsElsewhere(String format) throws Exception {
        try (FakeUpstream anthropic =
                        FakeUpstream.start((request, reply) -> asksOnce(ModelRequest.of(request), reply));
                FakeUpstream other = FakeUpstream.start(ClientReroutedSubagentTest::reads);
                ProxyUnderTest proxy = proxy(anthropic, other, format)) {
            ClaudeSession.Result result =
                    ClaudeSession.print(claude, workplace, proxy.uri(), BLOCKING, "Do it.", "--allowedTools", TOOLS);

            assertThat(result.output()).isEqualTo("The reviewer said: It greets the world.\n");
            assertThat(anthropic.requests()).hasSize(2);
            assertThat(other.requests())
                    .hasSize(4)
                    .allSatisfy(request -> assertThat(request.body().utf8()).contains("\"stream\":true"));
            assertThat(other.requests().get(3).body().utf8())
                    .contains("call_read", "# A project", "call_grep", "README.md", "call_bash", "bash says 42");
            List<JsonNode> rows = rerouted(proxy, 6);
            assertThat(rows).hasSize(4).allSatisfy(row -> {
                assertThat(row.path("outcome").asString()).isEqualTo("completed");
                assertThat(row.path("kind").asString()).isEqualTo("subagent");
                assertThat(row.path("model").asString()).isEqualTo("gpt-4o-served");
                assertThat(row.path("routedModel").asString()).isEqualTo("gpt-4o");
                assertThat(row.path("provider").asString()).isEqualTo("openai");
                assertThat(row.path("rule").asString()).isEqualTo("subagent code-reviewer");
            });
            assertThat(rows.stream().map(row -> row.path("tool").asString("")))
                    .containsExactly("Read", "Grep", "Bash", "");
            assertThat(proxy.recorded()
                            .detail(rows.getFirst().path("id").asString())
                            .at("/rerouting/agent")
                            .asString())
                    .isEqualTo("code-reviewer");
        }
    }

    private static void asksOnce(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript turn = AnthropicScript.message("msg_0Main" + request.toolResults(), request.model());
        if (request.toolResults() == 0) {
            turn.toolUse("toolu_ask", "Agent", call("[[review]] Look at README.md.")).stream(reply);
        } else {
            boolean heard = request.wire().body().utf8().contains("It greets the world.");
            turn.text(heard ? "The reviewer said: It greets the world." : "The reviewer said nothing.").stream(reply);
        }
    }

    private static void reads(UpstreamRequest request, Reply reply) throws IOException {
        String body = request.body().utf8();
        OpenAiScript script;
        if (body.contains("call_bash")) {
            script = OpenAiScript.text("a4", "gpt-4o-served", "It greets the world.");
        } else if (body.contains("call_grep")) {
            script = asking("a3").calling("call_bash", "Bash", "{\"command\":\"echo bash says $((6*7))\"}");
        } else if (body.contains("call_read")) {
            script = asking("a2").calling("call_grep", "Grep", "{\"pattern\":\"greets\",\"path\":\".\"}");
        } else {
            script = asking("a1").calling("call_read", "Read", "{\"file_path\":\"README.md\"}");
        }
        script.answer(request, reply);
    }

    private static OpenAiScript asking(String id) {
        return OpenAiScript.text(id, "gpt-4o-served", "");
    }

    /** Two at once, of which one asks a third; neither of the two ends before all have begun. */
    @Test
    void reviewersAtTheSameTimeAndInsideOfEachOtherAreAllAnsweredElsewhere() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        try (FakeUpstream anthropic = FakeUpstream.start((request, reply) -> asksTwo(ModelRequest.of(request), reply));
                FakeUpstream other = FakeUpstream.start((request, reply) -> {
                    String body = request.body().utf8();
                    if (body.contains("[[inner]]") && !body.contains("call_inner")) {
                        begun.countDown();
                        OpenAiScript.text("a3", "gpt-4o-served", "Inner is fine.")
                                .answer(request, reply);
                    } else if (body.contains("[[first]]") && !body.contains("call_inner")) {
                        asking("a1")
                                .calling("call_inner", "Agent", call("[[inner]] Look again."))
                                .answer(request, reply);
                    } else if (body.contains("[[first]]")) {
                        OpenAiScript.text("a4", "gpt-4o-served", "First is fine.")
                                .answer(request, reply);
                    } else {
                        begun.countDown();
                        reply.pauseUntil(begun);
                        OpenAiScript.text("a2", "gpt-4o-served", "Second is fine.")
                                .answer(request, reply);
                    }
                });
                ProxyUnderTest proxy = proxy(anthropic, other, "openai-chat")) {
            ClaudeSession.Result result =
                    ClaudeSession.print(claude, workplace, proxy.uri(), BLOCKING, "Do it.", "--allowedTools", TOOLS);

            assertThat(result.output()).isEqualTo("Both are fine.\n");
            assertThat(anthropic.requests()).hasSize(2);
            assertThat(other.requests()).hasSize(4);
            List<JsonNode> rows = rerouted(proxy, 6);
            assertThat(rows).hasSize(4);
            assertThat(rows.stream().map(row -> row.path("agentId").asString()).distinct())
                    .hasSize(3);
            assertThat(rows.stream().filter(row -> row.has("parentAgentId"))).hasSize(1);
        }
    }

    private static void asksTwo(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript turn = AnthropicScript.message("msg_0Main" + request.toolResults(), request.model());
        if (request.toolResults() == 0) {
            turn
                    .toolUse("toolu_1", "Agent", call("[[first]] Look at README.md."))
                    .toolUse("toolu_2", "Agent", call("[[second]] Look at README.md."))
                    .stream(reply);
        } else {
            String body = request.wire().body().utf8();
            boolean heard = body.contains("First is fine.") && body.contains("Second is fine.");
            turn.text(heard ? "Both are fine." : "One said nothing.").stream(reply);
        }
    }

    /** The main agent has gone on when the reviewer's provider refuses, then breaks off, and then answers. */
    @Test
    void aReviewerInTheBackgroundOutlivesARefusalAndABrokenStream() throws Exception {
        CountDownLatch parentWentOn = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (FakeUpstream anthropic = FakeUpstream.start((request, reply) -> {
                    ModelRequest main = ModelRequest.of(request);
                    AnthropicScript turn = AnthropicScript.message("msg_0Main" + request.number(), main.model());
                    if (request.body().utf8().contains("It greets the world.")) {
                        turn.text("The reviewer said it greets.").stream(reply);
                    } else if (main.toolResults() == 0) {
                        turn.toolUse("toolu_ask", "Agent", call("[[review]] Look at README.md.")).stream(reply);
                    } else {
                        parentWentOn.countDown();
                        turn.text("I wait for the reviewer.").stream(reply);
                    }
                });
                FakeUpstream other = FakeUpstream.start((request, reply) -> {
                    reply.pauseUntil(parentWentOn);
                    OpenAiScript script = OpenAiScript.text("a1", "gpt-4o-served", "It greets the world.");
                    switch (asked.incrementAndGet()) {
                        case 1 ->
                            reply.json(
                                    "429 Too Many Requests",
                                    "{\"error\":{\"message\":\"Slow down.\",\"type\":\"requests\"}}",
                                    "retry-after: 1");
                        case 2 -> {
                            reply.stream();
                            reply.chunk(script.chatEvents().get(0)
                                    + script.chatEvents().get(1));
                            reply.reset();
                        }
                        default -> script.answer(request, reply);
                    }
                });
                ProxyUnderTest proxy = proxy(anthropic, other, "openai-chat")) {
            ClaudeSession.Result result =
                    ClaudeSession.print(claude, workplace, proxy.uri(), "Do it.", "--allowedTools", TOOLS);

            assertThat(result.exitCode()).isZero();
            assertThat(result.output()).contains("The reviewer said it greets.");
            assertThat(other.requests()).hasSize(3);
            List<JsonNode> rows = rerouted(
                    proxy, anthropic.requests().size() + other.requests().size());
            assertThat(rows.stream().map(row -> row.path("outcome").asString()))
                    .containsExactly("upstream_error", "upstream_broke", "completed");
            assertThat(rows.getFirst().path("status").asInt()).isEqualTo(429);
            assertThat(rows.getFirst().path("error").asString()).isEqualTo("Slow down.");
            assertThat(rows.get(1).path("at").asLong() - rows.get(0).path("at").asLong())
                    .as("retry-after was heard")
                    .isGreaterThanOrEqualTo(1_000);
        }
    }

    private static String call(String prompt) {
        return "{\"description\":\"Ask\",\"prompt\":\"" + prompt + "\",\"subagent_type\":\"code-reviewer\"}";
    }
}
