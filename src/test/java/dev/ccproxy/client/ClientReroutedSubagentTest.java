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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A subagent of the real client that another provider answers, with a tool call and two turns. */
class ClientReroutedSubagentTest {

    private static final String CALL = "{\"description\":\"Ask\",\"prompt\":\"[[review]] Look at README.md.\","
            + "\"subagent_type\":\"code-reviewer\"}";

    @ParameterizedTest
    @ValueSource(strings = {"openai-chat", "openai-responses"})
    void theReviewerIsAnsweredElsewhereAndTheMainAgentIsNot(String format) throws Exception {
        ClaudeCode claude = ClaudeCode.installed();
        try (ClaudeWorkplace workplace = ClaudeWorkplace.create();
                FakeUpstream anthropic =
                        FakeUpstream.start((request, reply) -> mainAgent(ModelRequest.of(request), reply));
                FakeUpstream other = FakeUpstream.start(ClientReroutedSubagentTest::reviewer);
                ProxyUnderTest proxy = ProxyUnderTest.to(
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
                        workplace.project().resolve(".claude/agents").toString())) {
            ClaudeSession.Result result = ClaudeSession.print(
                    claude,
                    workplace,
                    proxy.uri(),
                    Map.of("CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1"),
                    "Do it.",
                    "--allowedTools",
                    "Agent Read");

            assertThat(result.output()).isEqualTo("The reviewer said: It greets the world.\n");
            assertThat(other.requests()).hasSize(2);
            assertThat(other.requests().get(1).body().utf8())
                    .contains("# A project")
                    .contains("call_read");
            assertThat(anthropic.requests()).hasSize(2);
            List<JsonNode> recorded = proxy.recorded().awaitEnded(4);
            assertThat(recorded)
                    .extracting(each -> each.path("outcome").asString(""))
                    .containsOnly("completed");
            assertThat(recorded)
                    .extracting(each -> each.path("model").asString(""))
                    .filteredOn(model -> model.equals("gpt-4o-served"))
                    .hasSize(2);
            JsonNode rerouting = proxy.recorded()
                    .detail(recorded.get(1).path("id").asString())
                    .path("rerouting");
            assertThat(rerouting.path("agent").asString("")).isEqualTo("code-reviewer");
            assertThat(rerouting.path("rule").asString("")).isEqualTo("subagent code-reviewer");
        }
    }

    private static void mainAgent(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript turn = AnthropicScript.message("msg_0Main" + request.toolResults(), request.model());
        if (request.toolResults() == 0) {
            turn.toolUse("toolu_ask", "Agent", CALL).stream(reply);
        } else {
            boolean heard = request.wire().body().utf8().contains("It greets the world.");
            turn.text(heard ? "The reviewer said: It greets the world." : "The reviewer said nothing.").stream(reply);
        }
    }

    private static void reviewer(UpstreamRequest request, Reply reply) throws IOException {
        boolean hasRead = request.body().utf8().contains("# A project");
        OpenAiScript script = hasRead
                ? OpenAiScript.text("a2", "gpt-4o-served", "It greets the world.")
                : OpenAiScript.text("a1", "gpt-4o-served", "")
                        .calling("call_read", "Read", "{\"file_path\":\"README.md\"}");
        script.answer(request, reply);
    }
}
