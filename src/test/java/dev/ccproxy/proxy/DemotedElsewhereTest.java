package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.OpenAiScript;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.Reply;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A request for one whole answer that a rule sends to a provider of the Messages API is demoted as one to Anthropic is. */
class DemotedElsewhereTest {

    private static final String DEMOTE = "providers.anthropic.demote_nonstreaming";
    private static final String ASKED =
            "{\"model\":\"claude-haiku-5-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String SENT =
            "{\"model\":\"other\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true}";
    private static final Json JSON = new Json();
    private static final AnthropicScript SCRIPT = AnthropicScript.message("msg_01Elsewhere", "other")
            .text("Folded elsewhere.")
            .toolUse("toolu_1", "Bash", "{\"command\":\"ls\"}");

    private FakeUpstream anthropic;

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeUpstream.start(DemotedElsewhereTest::asAsked);
    }

    @AfterEach
    void stop() throws IOException {
        anthropic.close();
    }

    @Test
    void theStreamOfAnotherProviderIsFoldedAndBothSidesAreRecorded() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start(DemotedElsewhereTest::asAsked);
                ProxyUnderTest proxy = proxy(provider, "fake/other", DEMOTE, "true")) {
            RawClient.Received answer = ask(proxy);

            assertThat(provider.awaitRequest().body()).isEqualTo(Bytes.utf8(SENT));
            assertThat(answer.head().status()).isEqualTo(200);
            assertThat(answer.head().header("content-type")).isEqualTo("application/json");
            assertThat(tree(answer.text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(anthropic.requests()).isEmpty();

            String id = proxy.recorded().awaitEnded().get("id").asString();
            JsonNode detail = proxy.recorded().detail(id);
            assertThat(detail.toString())
                    .contains("sent on with stream set to true")
                    .contains("folded from a stream of");
            assertThat(proxy.recorded().requestBody(id)).isEqualTo(Bytes.utf8(ASKED));
            assertThat(proxy.recorded().responseBody(id)).isEqualTo(answer.body());
            assertThat(text(proxy, detail, "requestBody")).isEqualTo(SENT);
            assertThat(text(proxy, detail, "responseBody"))
                    .isEqualTo(SCRIPT.sse().utf8());
        }
    }

    @Test
    void anotherModelOfAnthropicIsDemotedToo() throws Exception {
        try (FakeUpstream unused = FakeUpstream.start(DemotedElsewhereTest::asAsked);
                ProxyUnderTest proxy = proxy(unused, "anthropic/other", DEMOTE, "true")) {
            assertThat(tree(ask(proxy).text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(anthropic.awaitRequest().body()).isEqualTo(Bytes.utf8(SENT));
        }
    }

    @Test
    void theProvidersOwnSettingDecides() throws Exception {
        String own = "providers.fake.demote_nonstreaming";
        try (FakeUpstream provider = FakeUpstream.start(DemotedElsewhereTest::asAsked);
                ProxyUnderTest proxy = proxy(provider, "fake/other", own, "true")) {
            assertThat(tree(ask(proxy).text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(provider.awaitRequest().body()).isEqualTo(Bytes.utf8(SENT));
        }
        try (FakeUpstream provider = FakeUpstream.start(DemotedElsewhereTest::asAsked);
                ProxyUnderTest proxy = proxy(provider, "fake/other", DEMOTE, "true", own, "false")) {
            assertThat(tree(ask(proxy).text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(provider.awaitRequest().body().utf8()).doesNotContain("stream");
        }
    }

    @Test
    void aProviderOfAnotherFormatIsNotDemoted() throws Exception {
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o-2024", "Whole.");
        try (FakeUpstream provider = FakeUpstream.start(script::answer);
                ProxyUnderTest proxy =
                        proxy(provider, "fake/other", DEMOTE, "true", "providers.fake.api_format", "openai-chat")) {
            assertThat(ask(proxy).text()).contains("Whole.");
            assertThat(provider.awaitRequest().body().utf8()).doesNotContain("\"stream\":true");
        }
    }

    @Test
    void anErrorEventBecomesTheMatchingStatus() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> reply.stream()
                        .chunk(SCRIPT.events().getFirst())
                        .chunk(AnthropicScript.errorEvent("overloaded_error", "no"))
                        .lastChunk());
                ProxyUnderTest proxy = proxy(provider, "fake/other", DEMOTE, "true")) {
            assertThat(ask(proxy).head().status()).isEqualTo(529);
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("upstream_error");
        }
    }

    @Test
    void theNextIsAskedWhereTheStreamBreaksBeforeItIsWhole() throws Exception {
        try (FakeUpstream provider = FakeUpstream.start((request, reply) -> {
                    reply.stream().chunk(SCRIPT.events().getFirst());
                    reply.close();
                });
                ProxyUnderTest proxy = proxy(
                        provider,
                        "fake/other",
                        DEMOTE,
                        "true",
                        "routes",
                        "[{model: claude-haiku-*, to: fake/other, fallback: [anthropic/other]}]")) {
            assertThat(tree(ask(proxy).text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(provider.requests()).hasSize(1);
            assertThat(anthropic.awaitRequest().body()).isEqualTo(Bytes.utf8(SENT));
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("completed");
        }
    }

    private ProxyUnderTest proxy(FakeUpstream provider, String target, String... more) throws Exception {
        Stream<String> settings = Stream.of(
                "providers.fake.base_url",
                provider.uri() + "/v1",
                "providers.fake.api_key",
                "sk-fake",
                "providers.fake.api_format",
                "anthropic-messages",
                "routes",
                "[{model: claude-haiku-*, to: " + target + "}]");
        return ProxyUnderTest.to(
                anthropic, Stream.concat(settings, Arrays.stream(more)).toArray(String[]::new));
    }

    private static void asAsked(UpstreamRequest request, Reply reply) throws IOException {
        if (request.body().utf8().contains("\"stream\":true")) {
            SCRIPT.stream(reply);
        } else {
            SCRIPT.whole(reply);
        }
    }

    private static RawClient.Received ask(ProxyUnderTest proxy) throws IOException {
        try (RawClient client = proxy.client()) {
            return client.post("/v1/messages?beta=true", ASKED).read();
        }
    }

    private static String text(ProxyUnderTest proxy, JsonNode detail, String leg) throws IOException {
        try (RawClient client = proxy.client()) {
            String href = detail.path("rerouting").path(leg).path("href").asString();
            return client.get(href).read("GET").text();
        }
    }

    private static JsonNode tree(String json) {
        return JSON.tree(json).orElseThrow(() -> new AssertionError("no JSON: " + json));
    }
}
