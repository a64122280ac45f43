package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.LoggedLines;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the program says about its rules, at start and whenever somebody asks. */
class RoutingReportTest {

    @TempDir
    private Path folder;

    private ProxyUnderTest proxy(FakeUpstream upstream, String... settings) throws Exception {
        String[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "subagents.directories";
        all[settings.length + 1] = folder.toString();
        return ProxyUnderTest.to(upstream, all);
    }

    private static FakeUpstream upstream() throws IOException {
        return FakeUpstream.start((request, reply) -> AnthropicScript.message("msg_0Claude", "claude-opus-5-5")
                .text("Hi.")
                .whole(reply));
    }

    private static JsonNode routes(ProxyUnderTest proxy) throws IOException {
        try (RawClient client = proxy.client()) {
            return JsonMapper.shared()
                    .readTree(client.get("/api/routes").read("GET").text());
        }
    }

    @Test
    void eachMappingHasALineWithItsFileOrWithThePathsTried() throws Exception {
        Path file = folder.resolve("review.md");
        Files.writeString(file, "---\nname: code-reviewer\n---\nLook closely.");
        try (LoggedLines lines = LoggedLines.of("dev.ccproxy.app.RoutingReport");
                FakeUpstream upstream = upstream();
                ProxyUnderTest proxy = proxy(
                        upstream, "subagents.enable", "true", "subagents.mappings", "code-reviewer:gpt-4o,nobody:o3")) {
            assertThat(lines.all())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("INFO")
                            .contains("agent=code-reviewer", "openai/gpt-4o", file.toString()))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("WARN")
                            .contains(
                                    "agent=nobody",
                                    "openai/o3",
                                    folder.resolve("nobody.md").toString()));

            JsonNode agents = routes(proxy).path("agents");
            assertThat(agents.path(0).path("file").asString()).isEqualTo(file.toString());
            assertThat(agents.path(1).path("name").asString()).isEqualTo("nobody");
            assertThat(agents.path(1).has("file")).isFalse();
            assertThat(agents.path(1).path("tried").values())
                    .extracting(JsonNode::asString)
                    .contains(folder.resolve("nobody.md").toString());
        }
    }

    @Test
    void aModelThatNoProviderIsKnownForIsNamed() throws Exception {
        try (LoggedLines lines = LoggedLines.of("dev.ccproxy.app.RoutingReport");
                FakeUpstream upstream = upstream();
                ProxyUnderTest proxy = proxy(upstream, "routes", "[{model: x, to: llama-4}, {model: y, to: gpt-4o}]")) {
            assertThat(proxy.port()).isPositive();
            assertThat(lines.all())
                    .filteredOn(line -> line.contains("no provider is known"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("route 1", "anthropic/llama-4");
        }
    }

    @Test
    void aProviderWithoutAKeyIsNamedUnlessItIsOnThisMachineOrNobodyAsksIt() throws Exception {
        String routes = "[{model: x, to: near/m}, {model: y, to: far/m, fallback: [gpt-4o]}]";
        try (LoggedLines lines = LoggedLines.of("dev.ccproxy.app.RoutingReport");
                FakeUpstream upstream = upstream();
                ProxyUnderTest proxy = proxy(
                        upstream,
                        "providers.near.base_url",
                        "http://127.0.0.1:9/v1",
                        "providers.far.base_url",
                        "http://far.example/v1",
                        "providers.unasked.base_url",
                        "http://unasked.example/v1",
                        "routes",
                        routes)) {
            assertThat(proxy.port()).isPositive();
            assertThat(lines.all())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("WARN"))
                    .anySatisfy(line -> assertThat(line).contains("providers.far.api_key "))
                    .anySatisfy(line -> assertThat(line).contains("OPENAI_API_KEY"));
        }
    }

    @Test
    void rulesAreListedInTheirOrderWithHowOftenTheyMatched() throws Exception {
        try (FakeUpstream upstream = upstream();
                ProxyUnderTest proxy = proxy(
                        upstream,
                        "routes",
                        "[{name: no haiku, model: [claude-haiku-*, \"*mini\"], refuse: Not here.},"
                                + " {name: long, tokens_over: 150000, to: claude-opus-5-5, fallback: [gpt-4o]}]")) {
            ask(proxy, "claude-haiku-5-5");
            ask(proxy, "claude-opus-5-5");
            proxy.recorded().awaitEnded(2);

            JsonNode rules = routes(proxy).path("rules");
            assertThat(rules.path(0).toString())
                    .isEqualTo("{\"name\":\"no haiku\",\"conditions\":{\"model\":[\"claude-haiku-*\",\"*mini\"]},"
                            + "\"targets\":[],\"refusal\":\"Not here.\",\"matched\":1,\"passedOver\":1,"
                            + "\"suspicious\":false}");
            assertThat(rules.path(1).toString())
                    .isEqualTo("{\"name\":\"long\",\"conditions\":{\"tokens_over\":[\"150000\"]},"
                            + "\"targets\":[\"anthropic/claude-opus-5-5\",\"openai/gpt-4o\"],"
                            + "\"matched\":0,\"passedOver\":2,\"suspicious\":false}");
        }
    }

    @Test
    void aRuleThatMatchesNothingOfManyIsFlaggedAndLoggedOnce() throws Exception {
        try (LoggedLines lines = LoggedLines.of("dev.ccproxy.proxy.RuleMatches");
                FakeUpstream upstream = upstream();
                ProxyUnderTest proxy = proxy(upstream, "routes", "[{name: typo, model: cluade-*, to: gpt-4o}]")) {
            for (int i = 0; i < 102; i++) {
                ask(proxy, "claude-opus-5-5");
            }

            assertThat(routes(proxy).path("rules").path(0).path("suspicious").asBoolean())
                    .isTrue();
            assertThat(lines.all()).singleElement().asString().contains("typo");
        }
    }

    @Test
    void soIsOneForAgentsWhereNoRequestSaysThatItIsOfAnAgent() throws Exception {
        try (LoggedLines lines = LoggedLines.of("dev.ccproxy.proxy.RuleMatches");
                FakeUpstream upstream = upstream();
                ProxyUnderTest proxy = proxy(
                        upstream, "subagents.enable", "true", "subagents.mappings", "code-reviewer:claude-haiku-5-5")) {
            for (int i = 0; i < 101; i++) {
                ask(proxy, "claude-opus-5-5");
            }

            assertThat(routes(proxy).path("rules").path(0).path("suspicious").asBoolean())
                    .isTrue();
            assertThat(lines.all()).singleElement().asString().contains("subagent code-reviewer");
        }
    }

    @Test
    void everyProviderIsListedWithItsState() throws Exception {
        try (FakeUpstream upstream = upstream();
                ProxyUnderTest proxy = proxy(upstream, "providers.mine.base_url", "http://localhost:9/v1")) {
            JsonNode providers = routes(proxy).path("providers");
            assertThat(providers.values())
                    .extracting(provider -> provider.path("name").asString())
                    .containsExactly("anthropic", "mine", "openai");
            assertThat(providers.path(1).toString())
                    .isEqualTo("{\"name\":\"mine\",\"address\":\"http://localhost:9/v1\",\"format\":\"openai-chat\","
                            + "\"circuit\":\"closed\"}");
        }
    }

    private static void ask(ProxyUnderTest proxy, String model) throws IOException {
        try (RawClient client = proxy.client()) {
            client.post("/v1/messages", "{\"model\":\"" + model + "\",\"messages\":[]}")
                    .read();
        }
    }
}
