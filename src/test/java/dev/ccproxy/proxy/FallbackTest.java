package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.OpenAiScript;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who is asked next where a provider cannot answer, and which one is no longer asked. */
class FallbackTest {

    private static final String REQUEST =
            "{\"model\":\"claude-haiku-5-5\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    private FakeUpstream anthropic;
    private FakeUpstream second;

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeUpstream.start((request, reply) -> AnthropicScript.message("msg_0Claude", "claude-opus-5-5")
                .text("Claude here.")
                .whole(reply));
        second = FakeUpstream.start(OpenAiScript.text("a2", "llama", "The second here.")::answer);
    }

    @AfterEach
    void stop() throws IOException {
        anthropic.close();
        second.close();
    }

    private ProxyUnderTest proxy(FakeUpstream first, String fallback, String... more) throws Exception {
        Stream<String> settings = Stream.of(
                "providers.first.base_url",
                first.uri() + "/v1",
                "providers.second.base_url",
                second.uri() + "/v1",
                "routes",
                "[{name: haiku, model: claude-haiku-*, to: first/gpt-4o, fallback: " + fallback + "}]");
        return ProxyUnderTest.to(
                anthropic, Stream.concat(settings, Arrays.stream(more)).toArray(String[]::new));
    }

    private static RawClient.Received ask(ProxyUnderTest proxy) throws IOException {
        try (RawClient client = proxy.client()) {
            return client.post("/v1/messages", REQUEST, "x-api-key: sk-ant-api03-own")
                    .read();
        }
    }

    private static String circuit(ProxyUnderTest proxy, String provider) throws IOException {
        try (RawClient client = proxy.client()) {
            JsonNode routes = JsonMapper.shared()
                    .readTree(client.get("/api/routes").read("GET").text());
            return routes.path("providers")
                    .valueStream()
                    .filter(each -> each.path("name").asString().equals(provider))
                    .map(each -> each.path("circuit").asString())
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"429 Too Many Requests", "500 Internal Server Error", "503 Unavailable", "529 Overloaded"})
    void theNextIsAskedWhereOneRefuses(String status) throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json(status, "{}"));
                ProxyUnderTest proxy = proxy(first, "[second/llama]")) {
            assertThat(ask(proxy).text()).contains("The second here.");

            assertThat(first.requests()).hasSize(1);
            assertThat(second.awaitRequest().body().utf8()).contains("\"llama\"");
            String id = proxy.recorded().awaitEnded().get("id").asString();
            JsonNode detail = proxy.recorded().detail(id);
            assertThat(detail.path("rerouting").path("provider").asString()).isEqualTo("second");
            assertThat(detail.at("/rerouting/failed").toString())
                    .isEqualTo("[{\"provider\":\"first\",\"model\":\"gpt-4o\",\"status\":" + status.substring(0, 3)
                            + ",\"why\":\"first answered " + status.substring(0, 3) + "\"}]");
            assertThat(detail.toString())
                    .contains("asked another provider because first answered " + status.substring(0, 3));
        }
    }

    @Test
    void theNextIsAskedWhereNobodyListens() throws Exception {
        FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
        first.close();
        try (ProxyUnderTest proxy = proxy(first, "[second/llama]")) {
            assertThat(ask(proxy).text()).contains("The second here.");
            String id = proxy.recorded().awaitEnded().get("id").asString();
            assertThat(proxy.recorded().detail(id).toString())
                    .contains("try 3 failed (cannot reach first")
                    .contains("asked another provider because cannot reach first");
            JsonNode failed = proxy.recorded().detail(id).at("/rerouting/failed/0");
            assertThat(failed.has("status")).isFalse();
            assertThat(failed.path("why").asString()).startsWith("cannot reach first");
        }
    }

    @Test
    void whereNobodyAnswersTheRecordSaysWhoWasAskedLast() throws Exception {
        FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
        first.close();
        second.close();
        try (ProxyUnderTest proxy = proxy(first, "[second/llama]")) {
            assertThat(ask(proxy).head().status()).isEqualTo(502);

            JsonNode row = proxy.recorded().awaitEnded();
            assertThat(row.path("outcome").asString()).isEqualTo("upstream_broke");
            assertThat(row.path("requestedModel").asString()).isEqualTo("claude-haiku-5-5");
            assertThat(row.path("provider").asString()).isEqualTo("second");
            assertThat(row.path("routedModel").asString()).isEqualTo("llama");
            assertThat(row.path("rule").asString()).isEqualTo("haiku");
            JsonNode rerouting =
                    proxy.recorded().detail(row.path("id").asString()).path("rerouting");
            assertThat(rerouting.path("failed")).hasSize(1);
            assertThat(rerouting.has("status")).isFalse();
        }
    }

    @Test
    void aProviderIsAskedAgainAfterItsRetryStatusesBeforeTheNextIs() throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json("529 Overloaded", "{}"));
                ProxyUnderTest proxy = proxy(
                        first,
                        "[second/llama]",
                        "providers.first.retry_statuses",
                        "529",
                        "providers.first.max_retries",
                        "1")) {
            assertThat(ask(proxy).text()).contains("The second here.");

            assertThat(first.requests()).hasSize(2);
            assertThat(first.requests().getLast().body())
                    .isEqualTo(first.requests().getFirst().body());
            String id = proxy.recorded().awaitEnded().get("id").asString();
            assertThat(proxy.recorded().detail(id).toString())
                    .contains("try 1 failed (status 529")
                    .contains("asked another provider because first answered 529");
        }
    }

    @Test
    void aProviderThatRecoversKeepsTheRequest() throws Exception {
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o", "The first here.");
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> {
                    if (request.number() == 1) {
                        reply.json("503 Unavailable", "{}");
                    } else {
                        script.answer(request, reply);
                    }
                });
                ProxyUnderTest proxy = proxy(first, "[second/llama]", "providers.first.retry_statuses", "503")) {
            assertThat(ask(proxy).text()).contains("The first here.");
            assertThat(second.requests()).isEmpty();
            assertThat(circuit(proxy, "first")).isEqualTo("closed");
        }
    }

    @Test
    void theNextIsAskedWhereTheConnectionBreaksBeforeTheHead() throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> reply.reset());
                ProxyUnderTest proxy = proxy(first, "[second/llama]")) {
            assertThat(ask(proxy).text()).contains("The second here.");
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("completed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"400 Bad Request", "401 Unauthorized", "404 Not Found"})
    void whatTheRequestIsToBlameForIsTheAnswer(String status) throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json(status, "{}"));
                ProxyUnderTest proxy = proxy(first, "[second/llama]")) {
            assertThat(ask(proxy).head().status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            assertThat(second.requests()).isEmpty();
        }
    }

    @Test
    void anAnswerThatHasBegunIsNotBegunAgain() throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    reply.chunk(OpenAiScript.text("a1", "gpt-4o", "Hello.")
                            .chatEvents()
                            .get(1));
                    reply.reset();
                });
                ProxyUnderTest proxy = proxy(first, "[second/llama]");
                RawClient client = proxy.client()) {
            String streamed = REQUEST.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"");

            assertThat(client.post("/v1/messages", streamed).read().ending()).isNotEqualTo(Ending.WHOLE);
            assertThat(second.requests()).isEmpty();
        }
    }

    @Test
    void theLastAnswerIsPassedOn() throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json("503 Unavailable", "{}"));
                ProxyUnderTest proxy = proxy(first, "[first/o3]")) {
            assertThat(ask(proxy).head().status()).isEqualTo(503);
            assertThat(first.requests()).hasSize(2);
        }
    }

    @Test
    void anthropicMayBeTheNextWithTheClientsOwnCredential() throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json("500 Oops", "{}"));
                ProxyUnderTest proxy = proxy(first, "[claude-opus-5-5]")) {
            assertThat(ask(proxy).text()).contains("Claude here.");
            assertThat(anthropic.awaitRequest().head().header("x-api-key")).isEqualTo("sk-ant-api03-own");
            assertThat(anthropic.awaitRequest().body().utf8())
                    .isEqualTo(REQUEST.replace("claude-haiku-5-5", "claude-opus-5-5"));
        }
    }

    @Test
    void oneThatFailedThreeTimesIsPassedOverWhereThereIsAnother() throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json("503 Unavailable", "{}"));
                ProxyUnderTest proxy = proxy(first, "[second/llama]")) {
            assertThat(circuit(proxy, "first")).isEqualTo("closed");
            for (int i = 0; i < 5; i++) {
                assertThat(ask(proxy).text()).contains("The second here.");
            }

            assertThat(first.requests()).hasSize(3);
            assertThat(second.requests()).hasSize(5);
            String last = proxy.recorded().awaitEnded(5).getLast().path("id").asString();
            assertThat(proxy.recorded().detail(last).at("/rerouting/failed").toString())
                    .isEqualTo("[{\"provider\":\"first\",\"model\":\"gpt-4o\","
                            + "\"why\":\"passed over, because it failed several times in a row\"}]");
            assertThat(circuit(proxy, "first")).isEqualTo("open");
            assertThat(circuit(proxy, "second")).isEqualTo("closed");
        }
    }

    @Test
    void withoutAnotherItIsAskedAllTheSame() throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json("503 Unavailable", "{}"));
                ProxyUnderTest proxy = proxy(first, "[]")) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(proxy).head().status()).isEqualTo(503);
            }
            assertThat(first.requests()).hasSize(5);
        }
    }
}
