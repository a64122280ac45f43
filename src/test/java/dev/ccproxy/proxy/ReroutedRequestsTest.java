package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.FoldedMessage;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.LoggedLines;
import dev.ccproxy.testing.OpenAiScript;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests that a rule sends to a provider of another format are answered as if a Claude model had answered. */
class ReroutedRequestsTest {

    private static final Json JSON = new Json();
    private static final String REQUEST = """
            {"model":"claude-haiku-5-5","messages":[{"role":"user","content":"Hello"}],\
            "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2.1"},\
            {"type":"text","text":"Be brief."}],"metadata":{"user_id":"{\\"device_id\\":\\"deadbeef\\"}"},\
            "max_tokens":1000,"stream":%s}""";

    @TempDir
    private Path folder;

    private FakeUpstream anthropic;

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeUpstream.start((request, reply) -> AnthropicScript.message("msg_0Claude", "claude-haiku-5-5")
                .text("Claude here.")
                .whole(reply));
    }

    @AfterEach
    void stop() throws IOException {
        anthropic.close();
    }

    private ProxyUnderTest proxy(FakeUpstream provider, String format, String... more) throws Exception {
        String[] settings = {
            "providers.fake.base_url",
            provider.uri() + "/v1",
            "providers.fake.api_format",
            format,
            "providers.fake.api_key",
            "sk-fake",
            "routes",
            "[{model: claude-haiku-*, to: fake/gpt-4o}]"
        };
        String[] all = Arrays.copyOf(settings, settings.length + more.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        return ProxyUnderTest.to(anthropic, all);
    }

    private static RawClient ask(ProxyUnderTest proxy, boolean stream) throws IOException {
        return proxy.client()
                .post(
                        "/v1/messages?beta=true",
                        REQUEST.formatted(stream),
                        "Authorization: Bearer sk-ant-oat01-secret",
                        "x-api-key: sk-ant-api03-secret",
                        "anthropic-version: 2023-06-01",
                        "anthropic-beta: claude-code-20250219",
                        "X-Claude-Code-Session-Id: 0b5e1f6a-7c1d-4e2f-8a3b-4c5d6e7f8091",
                        "Cookie: a=b",
                        "User-Agent: claude-cli/2.1.330 (external, sdk-cli)");
    }

    private static JsonNode folded(Bytes stream) {
        FoldedMessage message = FoldedMessage.ofStream(JSON, stream, 1 << 20);
        assertThat(message.complete()).isTrue();
        assertThat(message.notUnderstood()).isEmpty();
        return Objects.requireNonNull(message.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-chat", "openai-responses"})
    void aStreamedAnswerIsTranslated(String format) throws Exception {
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o-2024", "Hello from elsewhere.")
                .calling("call_1", "Read", "{\"file_path\":\"README.md\"}");
        try (FakeUpstream provider = FakeUpstream.start(script::answer);
                ProxyUnderTest proxy = proxy(provider, format);
                RawClient client = ask(proxy, true)) {
            RawClient.Received answer = client.read();

            assertThat(answer.head().status()).isEqualTo(200);
            assertThat(answer.head().header("content-type")).startsWith("text/event-stream");
            JsonNode message = folded(answer.body());
            assertThat(message.path("content").path(0).path("text").asString()).isEqualTo("Hello from elsewhere.");
            assertThat(message.path("content").path(1).path("name").asString()).isEqualTo("Read");
            assertThat(message.path("content")
                            .path(1)
                            .path("input")
                            .path("file_path")
                            .asString())
                    .isEqualTo("README.md");
            assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
            assertThat(message.path("usage").path("input_tokens").asInt()).isEqualTo(60);
            assertThat(message.path("usage").path("cache_read_input_tokens").asInt())
                    .isEqualTo(40);
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("completed");
            assertThat(anthropic.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-chat", "openai-responses"})
    void aWholeAnswerIsTranslated(String format) throws Exception {
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o-2024", "Hello.");
        try (FakeUpstream provider = FakeUpstream.start(script::answer);
                ProxyUnderTest proxy = proxy(provider, format);
                RawClient client = ask(proxy, false)) {
            RawClient.Received answer = client.read();

            JsonNode message = JSON.tree(answer.body()).orElseThrow();
            assertThat(answer.head().header("content-type")).isEqualTo("application/json");
            assertThat(answer.head().header("request-id")).isEqualTo("req_a1");
            assertThat(message.path("type").asString()).isEqualTo("message");
            assertThat(message.path("model").asString()).isEqualTo("gpt-4o-2024");
            assertThat(message.path("content").path(0).path("text").asString()).isEqualTo("Hello.");
        }
    }

    /** As servers do that cannot stream. */
    @ParameterizedTest
    @ValueSource(strings = {"openai-chat", "openai-responses"})
    void aWholeAnswerBecomesTheStreamThatWasAskedFor(String format) throws Exception {
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o-2024", "Hello from elsewhere.")
                .calling("call_1", "Read", "{\"file_path\":\"README.md\"}");
        String whole = format.equals("openai-chat") ? script.wholeChat() : script.wholeResponse("completed");
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.json("200 OK", whole));
                ProxyUnderTest proxy = proxy(provider, format);
                RawClient client = ask(proxy, true)) {
            RawClient.Received answer = client.read();

            assertThat(answer.head().header("content-type")).startsWith("text/event-stream");
            JsonNode message = folded(answer.body());
            assertThat(message.at("/content/0/text").asString()).isEqualTo("Hello from elsewhere.");
            assertThat(message.at("/content/1/input/file_path").asString()).isEqualTo("README.md");
            assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
            assertThat(message.at("/usage/input_tokens").asInt()).isEqualTo(60);
            JsonNode row = proxy.recorded().awaitEnded();
            assertThat(row.get("outcome").asString()).isEqualTo("completed");
            assertThat(row.get("model").asString()).isEqualTo("gpt-4o-2024");
        }
    }

    /** As servers do that always stream. */
    @ParameterizedTest
    @ValueSource(strings = {"openai-chat", "openai-responses"})
    void aStreamBecomesTheWholeAnswerThatWasAskedFor(String format) throws Exception {
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o-2024", "Hello.");
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    for (String event : format.equals("openai-chat") ? script.chatEvents() : script.responsesEvents()) {
                        reply.chunk(event);
                    }
                    reply.lastChunk();
                });
                ProxyUnderTest proxy = proxy(provider, format);
                RawClient client = ask(proxy, false)) {
            RawClient.Received answer = client.read();

            assertThat(answer.head().header("content-type")).isEqualTo("application/json");
            JsonNode message = JSON.tree(answer.body()).orElseThrow();
            assertThat(message.at("/content/0/text").asString()).isEqualTo("Hello.");
            assertThat(message.path("stop_reason").asString()).isEqualTo("end_turn");
        }
    }

    @Test
    void aStreamThatStopsInTheMiddleIsNoWholeAnswer() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    reply.chunk(OpenAiScript.text("a1", "gpt-4o", "Hello.")
                            .chatEvents()
                            .get(1));
                    reply.lastChunk();
                });
                ProxyUnderTest proxy = proxy(provider, "openai-chat");
                RawClient client = ask(proxy, false)) {
            assertThat(client.read().head().status()).isEqualTo(502);
        }
    }

    /** Anthropic refuses thinking that it has not signed; rules may be gone by the next start. */
    @Test
    void thinkingOfTranslatedAnswersIsKeptFromAnthropicAlsoAfterARestart() throws Exception {
        String thinks = "{\"id\":\"a1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"reasoning_content\":\"Hm.\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}]}";
        String[] kept = {"storage.db_path", folder.resolve("kept.db").toString()};
        JsonNode answer;
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.json("200 OK", thinks));
                ProxyUnderTest proxy = proxy(provider, "openai-chat", kept);
                RawClient client = ask(proxy, false)) {
            answer = JSON.tree(client.read().body()).orElseThrow();
        }
        assertThat(answer.at("/content/0/type").asString()).isEqualTo("thinking");
        String next = "{\"model\":\"claude-opus-5-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},"
                + "{\"role\":\"assistant\",\"content\":" + JSON.text(answer.path("content")) + "}]}";
        try (ProxyUnderTest proxy = ProxyUnderTest.to(anthropic, kept);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", next, "X-Claude-Code-Session-Id: 0b5e1f6a-7c1d-4e2f-8a3b-4c5d6e7f8091")
                    .read();

            assertThat(anthropic.awaitRequest().body().utf8())
                    .isEqualTo("{\"model\":\"claude-opus-5-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},"
                            + "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Yes.\"}]}]}");
            JsonNode row = proxy.recorded().awaitEnded(2).getLast();
            assertThat(row.path("rule").asString()).isEqualTo("thinking of translated answers");
            assertThat(proxy.recorded()
                            .detail(row.path("id").asString())
                            .at("/rerouting/losses/0/name")
                            .asString())
                    .isEqualTo("thinking_history");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-chat", "openai-responses", "anthropic-messages"})
    void aForeignProviderSeesNothingOfTheClientsOwn(String format) throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = proxy(provider, format);
                RawClient client = ask(proxy, false)) {
            client.read();

            UpstreamRequest seen = provider.awaitRequest();
            String path = switch (format) {
                case "openai-chat" -> "/v1/chat/completions";
                case "openai-responses" -> "/v1/responses";
                default -> "/v1/messages";
            };
            assertThat(seen.head().target()).isEqualTo(path);
            assertThat(seen.head().text().toLowerCase(Locale.ROOT))
                    .doesNotContain("sk-ant", "claude", "anthropic-beta", "cookie", "0b5e1f6a");
            assertThat(seen.body().utf8())
                    .contains("\"gpt-4o\"", "Be brief.")
                    .doesNotContain("deadbeef", "billing", "device_id");
            assertThat(seen.head().text()).contains("sk-fake");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-chat", "openai-responses"})
    void allFourLegsAreRecorded(String format) throws Exception {
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o-2024", "Hello.");
        try (FakeUpstream provider = FakeUpstream.start(script::answer);
                ProxyUnderTest proxy = proxy(provider, format, "providers.fake.headers", "{X-Team: hush-hush}");
                RawClient client = ask(proxy, true)) {
            Bytes got = client.read().body();

            JsonNode summary = proxy.recorded().awaitEnded();
            String id = summary.get("id").asString();
            JsonNode routing = proxy.recorded().detail(id).path("rerouting");
            assertThat(summary.get("requestedModel").asString()).isEqualTo("claude-haiku-5-5");
            assertThat(summary.get("model").asString()).isEqualTo("gpt-4o-2024");
            assertThat(summary.get("provider").asString()).isEqualTo("fake");
            assertThat(summary.get("routedModel").asString()).isEqualTo("gpt-4o");
            assertThat(summary.get("rule").asString()).isEqualTo("route 1");
            assertThat(routing.path("failed")).isEmpty();
            assertThat(routing.path("provider").asString()).isEqualTo("fake");
            assertThat(routing.path("model").asString()).isEqualTo("gpt-4o");
            assertThat(routing.path("rule").asString()).isEqualTo("route 1");
            assertThat(routing.path("status").asInt()).isEqualTo(200);
            assertThat(routing.toString())
                    .doesNotContain("sk-fake", "hush-hush")
                    .contains("X-Team");
            assertThat(proxy.recorded().requestBody(id).utf8()).isEqualTo(REQUEST.formatted(true));
            assertThat(proxy.recorded().responseBody(id)).isEqualTo(got);
            assertThat(body(proxy, routing.path("requestBody")))
                    .isEqualTo(provider.awaitRequest().body());
            String sent =
                    String.join("", format.equals("openai-chat") ? script.chatEvents() : script.responsesEvents());
            assertThat(body(proxy, routing.path("responseBody")).utf8()).isEqualTo(sent);
        }
    }

    private static Bytes body(ProxyUnderTest proxy, JsonNode body) throws Exception {
        try (java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient()) {
            var request = java.net.http.HttpRequest.newBuilder(
                            proxy.uri().resolve(body.path("href").asString()))
                    .build();
            return Bytes.wrap(http.send(request, java.net.http.HttpResponse.BodyHandlers.ofByteArray())
                    .body());
        }
    }

    @Test
    void whatNoRuleMeansPassesUnchanged() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = proxy(provider, "openai-chat");
                RawClient client = proxy.client()) {
            String body = "{ \"model\" : \"claude-opus-5-5\", \"x\": 1.0, \"messages\": [] }";
            RawClient.Received answer = client.post("/v1/messages?beta=true", body, "x-api-key: sk-ant")
                    .read();

            assertThat(answer.text()).contains("Claude here.");
            assertThat(anthropic.awaitRequest().body().utf8()).isEqualTo(body);
            assertThat(anthropic.awaitRequest().head().target()).isEqualTo("/v1/messages?beta=true");
            assertThat(anthropic.awaitRequest().head().header("x-api-key")).isEqualTo("sk-ant");
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void anotherClaudeModelGetsTheClientsOwnHeadAndBody() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy =
                        proxy(provider, "openai-chat", "routes", "[{model: claude-haiku-*, to: claude-opus-5-5}]");
                RawClient client = ask(proxy, true)) {
            client.read();

            UpstreamRequest seen = anthropic.awaitRequest();
            assertThat(seen.body().utf8())
                    .isEqualTo(REQUEST.formatted(true).replace("claude-haiku-5-5", "claude-opus-5-5"));
            assertThat(seen.head().header("authorization")).isEqualTo("Bearer sk-ant-oat01-secret");
            assertThat(seen.head().header("anthropic-beta")).isEqualTo("claude-code-20250219");
        }
    }

    @Test
    void anErrorKeepsStatusMeaningAndRetryAfter() throws Exception {
        String error = "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\",\"code\":\"x\"}}";
        try (FakeUpstream provider = FakeUpstream.start(
                        (request, reply) -> reply.json("429 Too Many Requests", error, "retry-after: 7"));
                ProxyUnderTest proxy = proxy(provider, "openai-chat");
                RawClient client = ask(proxy, true)) {
            RawClient.Received answer = client.read();

            assertThat(answer.head().status()).isEqualTo(429);
            assertThat(answer.head().header("retry-after")).isEqualTo("7");
            JsonNode body = JSON.tree(answer.body()).orElseThrow();
            assertThat(body.path("error").path("type").asString()).isEqualTo("rate_limit_error");
            assertThat(body.path("error").path("message").asString()).isEqualTo("Rate limit reached");
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("upstream_error");
        }
    }

    @Test
    void aStreamThatBreaksIsBrokenForTheClientToo() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    reply.chunk(OpenAiScript.text("a1", "gpt-4o", "Hello.")
                            .chatEvents()
                            .get(1));
                    reply.reset();
                });
                ProxyUnderTest proxy = proxy(provider, "openai-chat");
                RawClient client = ask(proxy, true)) {
            RawClient.Received answer = client.read();

            assertThat(answer.ending()).isNotEqualTo(Ending.WHOLE);
            assertThat(answer.text()).contains("message_start").doesNotContain("message_stop");
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("upstream_broke");
        }
    }

    @Test
    void aStreamThatEndsTooEarlyIsBrokenForTheClient() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    reply.chunk(OpenAiScript.text("a1", "gpt-4o", "Hello.")
                            .chatEvents()
                            .get(1));
                    reply.lastChunk();
                });
                ProxyUnderTest proxy = proxy(provider, "openai-chat");
                RawClient client = ask(proxy, true)) {
            assertThat(client.read().ending()).isNotEqualTo(Ending.WHOLE);
        }
    }

    @Test
    void theFirstTokenReachesTheClientAtOnce() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o", "Hello.");
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    reply.chunk(script.chatEvents().get(0))
                            .chunk(script.chatEvents().get(1));
                    reply.pauseUntil(seen);
                    for (String event :
                            script.chatEvents().subList(2, script.chatEvents().size())) {
                        reply.chunk(event);
                    }
                    reply.lastChunk();
                });
                ProxyUnderTest proxy = proxy(provider, "openai-chat");
                RawClient client = ask(proxy, true)) {
            assertThat(client.readUntil("Hello.")).contains("text_delta");
            seen.countDown();
            assertThat(client.readUntil("message_stop")).contains("end_turn");
        }
    }

    @Test
    void aClientThatLeavesEndsTheProvidersWork() throws Exception {
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o", "Hello.");
        CountDownLatch left = new CountDownLatch(1);
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    reply.chunk(script.chatEvents().get(1));
                    reply.pauseUntil(left);
                });
                ProxyUnderTest proxy = proxy(provider, "openai-chat")) {
            try (RawClient client = ask(proxy, true)) {
                client.readUntil("Hello.");
            }
            provider.awaitRequest().awaitPeerClosed(Duration.ofSeconds(10));
            left.countDown();
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("client_left");
        }
    }

    @Test
    void aRuleMayRefuse() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy =
                        proxy(provider, "openai-chat", "routes", "[{model: \"*haiku*\", refuse: \"not here\"}]");
                RawClient client = ask(proxy, true)) {
            RawClient.Received answer = client.read();

            assertThat(answer.head().status()).isEqualTo(403);
            assertThat(answer.text()).contains("permission_error", "not here");
            JsonNode row = proxy.recorded().awaitEnded();
            assertThat(row.get("outcome").asString()).isEqualTo("refused");
            assertThat(proxy.recorded()
                            .detail(row.get("id").asString())
                            .path("detail")
                            .asString())
                    .isEqualTo("not here; refused by the rule route 1");
        }
    }

    @Test
    void aBodyThatCannotBeHeldGoesWhereItWasSentAndItsRecordSaysSo() throws Exception {
        String large = REQUEST.formatted(true).replaceFirst("\\{", "{\"x\":\"" + "y".repeat(2 << 20) + "\",");
        try (LoggedLines log = LoggedLines.of("dev.ccproxy.proxy.RunningExchange");
                FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = proxy(
                        provider,
                        "openai-chat",
                        "storage.record.max_body_bytes",
                        "1MiB",
                        "storage.record.memory_bytes",
                        "1MiB");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", large).read().text()).contains("Claude here.");

            assertThat(anthropic.awaitRequest().body()).isEqualTo(Bytes.utf8(large));
            assertThat(provider.requests()).isEmpty();
            String id = proxy.recorded().awaitEnded().get("id").asString();
            assertThat(proxy.recorded().detail(id).toString()).contains("no rule was asked", "memory_bytes");
            assertThat(log.all()).singleElement().asString().startsWith("WARN").contains(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding: gzip", "X: y"})
    void aBodyThatCannotBeReadGoesWhereItWasSentAndItsRecordSaysSo(String line) throws Exception {
        String body = line.startsWith("X") ? "no JSON" : REQUEST.formatted(true);
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = proxy(provider, "openai-chat");
                RawClient client = proxy.client()) {
            client.post("/v1/messages", body, line).read();

            assertThat(anthropic.awaitRequest().body().utf8()).isEqualTo(body);
            String id = proxy.recorded().awaitEnded().get("id").asString();
            assertThat(proxy.recorded().detail(id).toString()).contains("no rule was asked");
        }
    }

    /**
     * A body that is held is read whole first; these are not, and their upstream answers before they end: without rules, and
     * where the head says already that none can concern the request.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{agent: code-reviewer, to: gpt-4o}]",
                "[{agent_type: custom, to: gpt-4o}]",
                "[{session: mine, kind: main, to: gpt-4o}]",
                "[{path: /v1/messages/count_tokens, model: '*', to: gpt-4o}]"
            })
    void aBodyThatNoRuleCanConcernIsNotHeld(String routes) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(
                        FakeUpstream.Begin.AT_HEAD, (request, reply) -> reply.json("200 OK", "{\"early\":1}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "routes", routes);
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 1000"));
            client.send("{");

            assertThat(client.readUntil("early")).contains("200 OK");
        }
    }

    @Test
    void tokensOfAReroutedModelAreEstimated() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = proxy(provider, "openai-chat");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages/count_tokens?beta=true", REQUEST.formatted(false))
                    .read();

            assertThat(answer.head().header("x-ccproxy-estimate")).isEqualTo("true");
            assertThat(JSON.tree(answer.body())
                            .orElseThrow()
                            .path("input_tokens")
                            .asInt())
                    .isGreaterThan(10);
            assertThat(provider.requests()).isEmpty();
        }
    }
}
