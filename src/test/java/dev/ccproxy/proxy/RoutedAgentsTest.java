package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.OpenAiScript;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which agents a mapping means beside those with a file, and what their provider is asked. */
class RoutedAgentsTest {

    private static final String SESSION = "X-Claude-Code-Session-Id: 0b5e1f6a-7c1d-4e2f-8a3b-4c5d6e7f8091";

    @TempDir
    private Path agents;

    private FakeUpstream anthropic;
    private FakeUpstream provider;

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeUpstream.start((request, reply) -> AnthropicScript.message("msg_0Claude", "claude-opus-5-5")
                .toolUse(
                        "toolu_1",
                        "Agent",
                        "{\"description\":\"Look\",\"prompt\":\"Look closely.\",\"subagent_type\":\"code-reviewer\"}")
                .stream(reply));
        provider = FakeUpstream.start(OpenAiScript.text("a1", "gpt-4o", "Elsewhere.")::answer);
    }

    @AfterEach
    void stop() throws IOException {
        anthropic.close();
        provider.close();
    }

    private ProxyUnderTest proxy(FakeUpstream asked, String... more) throws Exception {
        String[] settings = {
            "providers.fake.base_url",
            asked.uri().toString(),
            "subagents.enable",
            "true",
            "subagents.mappings",
            "code-reviewer:fake/gpt-4o",
            "subagents.directories",
            agents.toString()
        };
        String[] all = Arrays.copyOf(settings, settings.length + more.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        return ProxyUnderTest.to(anthropic, all);
    }

    private static String request(String system, String prompt) {
        return "{\"model\":\"claude-opus-5-5\",\"max_tokens\":1000,\"stream\":true,\"system\":\"" + system
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}";
    }

    @Test
    void anAgentWithoutAFileIsKnownByTheCallThatStartedItInThisSession() throws Exception {
        try (ProxyUnderTest proxy = proxy(provider);
                RawClient main = proxy.client();
                RawClient called = proxy.client();
                RawClient stranger = proxy.client()) {
            main.post("/v1/messages", request("You are.", "Do it."), SESSION).read();
            String answer = called.post(
                            "/v1/messages",
                            request("You review.", "Look closely."),
                            SESSION,
                            "x-claude-code-agent-id: a01")
                    .read()
                    .text();
            stranger.post(
                            "/v1/messages",
                            request("You review.", "Look closely."),
                            SESSION.replace("0b5e", "1b5e"),
                            "x-claude-code-agent-id: a02")
                    .read();

            assertThat(answer).contains("\"model\":\"gpt-4o\"", "Elsewhere");
            assertThat(provider.requests()).hasSize(1);
            assertThat(anthropic.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMainAgentThatWasStartedByNameCountsWhereItIsIncluded(boolean included) throws Exception {
        Files.writeString(agents.resolve("r.md"), "---\nname: code-reviewer\n---\nYou review code.");
        try (ProxyUnderTest proxy = proxy(provider, "subagents.include_main", Boolean.toString(included));
                RawClient client = proxy.client()) {
            client.post("/v1/messages", request("You review code.", "Do it."), SESSION)
                    .read();

            assertThat(provider.requests()).hasSize(included ? 1 : 0);
            assertThat(anthropic.requests()).hasSize(included ? 0 : 1);
        }
    }

    @Test
    void noMoreIsAskedForThanTheProviderCanAnswer() throws Exception {
        Files.writeString(agents.resolve("r.md"), "---\nname: code-reviewer\n---\nYou review code.");
        try (ProxyUnderTest proxy =
                        proxy(provider, "subagents.include_main", "true", "providers.fake.max_output_tokens", "500");
                RawClient client = proxy.client()) {
            client.post("/v1/messages", request("You review code.", "Do it."), SESSION)
                    .read();

            JsonNode asked =
                    JsonMapper.shared().readTree(provider.awaitRequest().body().utf8());
            assertThat(asked.path("max_completion_tokens").asInt()).isEqualTo(500);
            String id = proxy.recorded().awaitEnded().path("id").asString();
            assertThat(proxy.recorded().detail(id).at("/rerouting/losses").toString())
                    .contains("\"max_tokens\"");
        }
    }

    /** The client gives up a stream that is silent for long. */
    @Test
    void aSilentProviderIsBridgedWithPings() throws Exception {
        Files.writeString(agents.resolve("r.md"), "---\nname: code-reviewer\n---\nYou review code.");
        CountDownLatch heard = new CountDownLatch(1);
        OpenAiScript script = OpenAiScript.text("a1", "gpt-4o", "At last.");
        try (FakeUpstream silent = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    reply.chunk(script.chatEvents().getFirst());
                    reply.pauseUntil(heard);
                    for (String event :
                            script.chatEvents().subList(1, script.chatEvents().size())) {
                        reply.chunk(event);
                    }
                    reply.lastChunk();
                });
                ProxyUnderTest proxy = proxy(silent, "subagents.include_main", "true");
                RawClient client = proxy.client().timeout(Duration.ofSeconds(60))) {
            client.post("/v1/messages", request("You review code.", "Do it."), SESSION);

            assertThat(client.readUntil("event: ping")).contains("event: message_start");
            heard.countDown();
            assertThat(client.readUntil("event: message_stop")).contains("At last");
        }
    }
}
