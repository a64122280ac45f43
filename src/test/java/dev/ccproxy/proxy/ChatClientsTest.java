package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.json.Json;
import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.OpenAiScript;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.Reply;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients of Chat Completions that ask for a Claude model are answered as if OpenAI had; others go to OpenAI. */
class ChatClientsTest {

    private static final Json JSON = new Json();
    private static final String REQUEST = """
            {"model":"%s","stream":%s,"messages":[{"role":"system","content":"Be brief."},\
            {"role":"user","content":"Hello"}]}""";

    private FakeUpstream anthropic;
    private FakeUpstream openai;
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        anthropic = FakeUpstream.start(ChatClientsTest::claude);
        openai = FakeUpstream.start(OpenAiScript.text("a1", "gpt-4o", "OpenAI here.")::answer);
        proxy = ProxyUnderTest.to(
                anthropic,
                "providers.openai.base_url",
                openai.uri().toString(),
                "providers.openai.api_format",
                "openai-chat");
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        anthropic.close();
        openai.close();
    }

    private static void claude(UpstreamRequest request, Reply reply) throws IOException {
        AnthropicScript script = AnthropicScript.message("msg_0Claude", "claude-opus-5-5")
                .text("Claude here.")
                .toolUse("toolu_1", "Read", "{\"file_path\":\"a\"}");
        if (request.body().utf8().contains("\"stream\":true")) {
            script.stream(reply);
        } else {
            script.whole(reply);
        }
    }

    private RawClient.Received ask(String model, boolean stream, String... lines) throws IOException {
        try (RawClient client = proxy.client()) {
            return client.post("/v1/chat/completions", REQUEST.formatted(model, stream), lines)
                    .read();
        }
    }

    @Test
    void aClaudeModelIsAskedOverTheMessagesApi() throws Exception {
        RawClient.Received answer = ask("claude-opus-5-5", false, "Authorization: Bearer sk-ant-api03-mine");

        UpstreamRequest asked = anthropic.awaitRequest();
        assertThat(asked.head().target()).isEqualTo("/v1/messages");
        assertThat(asked.head().header("x-api-key")).isEqualTo("sk-ant-api03-mine");
        assertThat(asked.head().headers().contains("authorization")).isFalse();
        assertThat(asked.head().header("anthropic-version")).isEqualTo("2023-06-01");
        JsonNode body = JSON.tree(asked.body()).orElseThrow();
        assertThat(body.path("system").toString()).contains("Be brief.");
        assertThat(body.path("messages").toString()).contains("Hello").doesNotContain("Be brief.");
        assertThat(body.path("max_tokens").asInt()).isPositive();

        assertThat(answer.head().status()).isEqualTo(200);
        JsonNode completion = JSON.tree(answer.body()).orElseThrow();
        assertThat(completion.path("object").asString()).isEqualTo("chat.completion");
        JsonNode choice = completion.path("choices").path(0);
        assertThat(choice.path("message").path("content").asString()).isEqualTo("Claude here.");
        assertThat(choice.at("/message/tool_calls/0/function/name").asString()).isEqualTo("Read");
        assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(completion.at("/usage/completion_tokens").asInt()).isPositive();
        assertThat(openai.requests()).isEmpty();
    }

    @Test
    void itsStreamBecomesChunksThatEndWithDone() throws Exception {
        RawClient.Received answer = ask("claude-opus-5-5", true, "Authorization: Bearer sk-ant-api03-mine");

        assertThat(answer.ending()).isEqualTo(Ending.WHOLE);
        assertThat(answer.head().header("content-type")).startsWith("text/event-stream");
        List<String> events =
                answer.text().lines().filter(line -> !line.isBlank()).toList();
        assertThat(events).allMatch(line -> line.startsWith("data: "));
        assertThat(events.getLast()).isEqualTo("data: [DONE]");
        StringBuilder text = new StringBuilder();
        String finish = "";
        for (String event : events.subList(0, events.size() - 1)) {
            JsonNode chunk = JSON.tree(event.substring("data: ".length())).orElseThrow();
            assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
            text.append(chunk.at("/choices/0/delta/content").asString(""));
            finish = chunk.at("/choices/0/finish_reason").asString(finish);
        }
        assertThat(text).hasToString("Claude here.");
        assertThat(finish).isEqualTo("tool_calls");
    }

    @Test
    void everythingIsRecorded() throws Exception {
        RawClient.Received answer = ask("claude-opus-5-5", false, "Authorization: Bearer sk-ant-api03-mine");

        JsonNode summary = proxy.recorded().awaitEnded();
        String id = summary.get("id").asString();
        JsonNode detail = proxy.recorded().detail(id);
        assertThat(summary.path("path").asString()).isEqualTo("/v1/chat/completions");
        assertThat(detail.path("rerouting").path("provider").asString()).isEqualTo("anthropic");
        assertThat(detail.path("rerouting").path("rule").asString()).isEqualTo("the model's name");
        assertThat(detail.toString()).doesNotContain("sk-ant-api03-mine");
        assertThat(proxy.recorded().requestBody(id).utf8()).isEqualTo(REQUEST.formatted("claude-opus-5-5", false));
        assertThat(proxy.recorded().responseBody(id)).isEqualTo(answer.body());
    }

    @Test
    void anErrorHasTheFormOfOpenAi() throws Exception {
        try (FakeUpstream refusing = FakeUpstream.start((request, reply) -> reply.json(
                        "529 Overloaded",
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"));
                ProxyUnderTest other = ProxyUnderTest.to(refusing);
                RawClient client = other.client()) {
            RawClient.Received answer = client.post(
                            "/v1/chat/completions",
                            REQUEST.formatted("claude-opus-5-5", true),
                            "Authorization: Bearer sk-ant-api03-mine")
                    .read();

            assertThat(answer.head().status()).isGreaterThanOrEqualTo(500);
            JsonNode error = JSON.tree(answer.body()).orElseThrow();
            assertThat(error.at("/error/message").asString()).isEqualTo("Overloaded");
            assertThat(error.has("type")).isFalse();
        }
    }

    @Test
    void aModelOfOpenAiGoesThereAsItIsWithTheClientsKey() throws Exception {
        RawClient.Received answer = ask("gpt-4o", false, "Authorization: Bearer sk-openai-mine");

        assertThat(answer.text()).contains("OpenAI here.");
        UpstreamRequest asked = openai.awaitRequest();
        assertThat(asked.head().target()).isEqualTo("/v1/chat/completions");
        assertThat(asked.head().header("authorization")).isEqualTo("Bearer sk-openai-mine");
        assertThat(asked.body().utf8()).isEqualTo(REQUEST.formatted("gpt-4o", false));
        assertThat(anthropic.requests()).isEmpty();
    }

    @Test
    void openAiNeverSeesACredentialOfAnthropic() throws Exception {
        ask("gpt-4o", false, "Authorization: Bearer sk-ant-api03-mine", "x-api-key: sk-ant-api03-mine");

        assertThat(openai.awaitRequest().head().text()).doesNotContain("sk-ant");
    }
}
