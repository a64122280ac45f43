package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.RoutingSettings;
import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.OpenAiScript;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.Reply;
import dev.ccproxy.testing.TestSettings;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The YAML of docs/routing.md, to the letter but for the hosts, against a server that answers as these providers do. */
class ProviderExamplesTest {

    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Map<String, String> KEYS = Map.of(
            "OPENROUTER_API_KEY", "sk-or-1",
            "AZURE_API_KEY", "azure-1",
            "AZURE_GPT_API_KEY", "azure-2",
            "DEEPSEEK_API_KEY", "sk-ds-1");

    @TempDir
    private Path folder;

    private static String documented() throws IOException {
        return YAML.matcher(Files.readString(Path.of("docs/routing.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theDocumentsExamplesAreOneConfiguration() throws Exception {
        Files.writeString(folder.resolve("config.yaml"), documented());

        RoutingSettings settings =
                TestSettings.configured(folder, KEYS).settings().routing();

        assertThat(settings.providerNames())
                .containsExactlyInAnyOrder(
                        "anthropic", "openai", "ollama", "vllm", "openrouter", "azure", "azure_gpt", "deepseek");
        assertThat(settings.subagents().mappings()).hasSize(2);
        assertThat(settings.routes()).hasSize(3);
    }

    private static void answer(UpstreamRequest request, Reply reply) throws IOException {
        if (request.head().path().endsWith("/messages")) {
            AnthropicScript.message("msg_0", "deepseek-chat").text("Hello.").stream(reply);
        } else {
            OpenAiScript.text("a1", "served", "Hello.").answer(request, reply);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ollama,     /v1/chat/completions,        '',                       max_tokens",
        "vllm,       /v1/chat/completions,        '',                       max_tokens",
        "openrouter, /api/v1/chat/completions,    authorization: bearer sk-or-1, max_completion_tokens",
        "azure,      /openai/v1/chat/completions, api-key: azure-1,         max_completion_tokens",
        "azure_gpt,  /openai/deployments/DEPLOYMENT/chat/completions?api-version=2024-10-21, api-key: azure-2,"
                + " max_completion_tokens",
        "deepseek,   /anthropic/v1/messages,      x-api-key: sk-ds-1,       max_tokens",
    })
    void eachExampleAsksItsProviderAsThatOneExpects(String name, String target, String credential, String limit)
            throws Exception {
        try (FakeUpstream provider = FakeUpstream.start(ProviderExamplesTest::answer)) {
            String host = "http://127.0.0.1:" + provider.uri().getPort();
            Path file = folder.resolve("documented.yaml");
            Files.writeString(file, documented().replaceAll("https?://[^/\"\\s]+", host));
            Map<String, String> environment = new java.util.HashMap<>(KEYS);
            environment.put("CONFIG_PATH", file.toString());
            try (ProxyUnderTest proxy = ProxyUnderTest.to(
                            provider.uri(), environment, "routes", "[{model: m, to: " + name + "/o3}]");
                    RawClient client = proxy.client()) {
                String answer = client.post(
                                "/v1/messages",
                                "{\"model\":\"m\",\"max_tokens\":100,\"stream\":true,\"output_config\":{\"effort\":\"low\"},"
                                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                                "authorization: Bearer sk-ant-oat01-own")
                        .read()
                        .text();

                assertThat(answer).contains("event: message_stop", "Hello.");
                UpstreamRequest asked = provider.awaitRequest();
                assertThat(asked.head().target()).isEqualTo(target);
                assertThat(asked.head().text()).doesNotContain("sk-ant");
                assertThat(asked.head().text().toLowerCase(java.util.Locale.ROOT))
                        .contains(credential);
                assertThat(asked.head().text().contains("X-Title: my team")).isEqualTo(name.equals("openrouter"));
                JsonNode body = JsonMapper.shared().readTree(asked.body().utf8());
                assertThat(body.path("model").asString()).isEqualTo("o3");
                assertThat(body.path(limit).asInt()).isEqualTo(100);
                assertThat(body.has("reasoning_effort")).isEqualTo(!name.equals("vllm") && !name.equals("deepseek"));
            }
        }
    }
}
