package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.RouteSettings.Action;
import dev.ccproxy.config.SubagentSettings.Mapping;
import dev.ccproxy.translate.Format;
import dev.ccproxy.translate.Quirk;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers, mappings and routes as people write them. */
class RoutingSettingsTest {

    @TempDir
    private Path directory;

    private LoadedSettings given() {
        return new LoadedSettings(directory);
    }

    private static ProviderSettings provider(Settings settings, String name) {
        return settings.routing().providers().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anthropicAndOpenAiAreBuiltIn() {
        Settings settings = given().settings();

        assertThat(settings.routing().providers())
                .extracting(ProviderSettings::name)
                .containsExactly("anthropic", "openai");
        assertThat(provider(settings, "openai").api().format()).isEqualTo(Format.OPENAI_RESPONSES);
        assertThat(provider(settings, "anthropic")).isEqualTo(settings.anthropic());
    }

    @Test
    void anotherAddressOfOpenAiSpeaksChatUnlessItSaysOtherwise() {
        given().environment("OPENAI_BASE_URL", "http://localhost:8000");
        assertThat(format(given().environment("OPENAI_BASE_URL", "http://localhost:8000")))
                .isEqualTo(Format.OPENAI_CHAT);
        assertThat(format(given().environment("OPENAI_BASE_URL", "https://api.openai.com/v1")))
                .isEqualTo(Format.OPENAI_RESPONSES);
        assertThat(format(given().environment("OPENAI_BASE_URL", "http://localhost:8000")
                        .yaml("providers: {openai: {api_format: openai-responses}}")))
                .isEqualTo(Format.OPENAI_RESPONSES);
    }

    private static Format format(LoadedSettings loaded) {
        return provider(loaded.settings(), "openai").api().format();
    }

    @Test
    void anyNumberOfProvidersHasSettingsOfItsOwn() {
        Settings settings =
                given().yaml("""
                        providers:
                          open-router:
                            base_url: https://openrouter.ai/api/v1
                            headers: {HTTP-Referer: "https://example.com, or so", X-Title: us}
                            quirks: [max_tokens, no_effort]
                            max_output_tokens: 8192
                          azure:
                            base_url: https://example.openai.azure.com/openai/deployments/d
                            path: /chat/completions?api-version=2024-10-21
                            api_key: abc
                            api_key_header: api-key
                            connect_timeout: 3s
                            stream_silence_timeout: 20m
                            retry_statuses: [429, 503]
                        """).environment("OPEN_ROUTER_API_KEY", "sk-or").settings();

        ProviderSettings router = provider(settings, "open-router");
        assertThat(router.baseUrl()).isEqualTo(URI.create("https://openrouter.ai/api/v1"));
        assertThat(router.credential().key()).contains(new ApiKey("sk-or"));
        assertThat(router.credential().headers())
                .containsExactly(
                        new ProviderSettings.HeaderLine("HTTP-Referer", "https://example.com, or so"),
                        new ProviderSettings.HeaderLine("X-Title", "us"));
        assertThat(router.api())
                .isEqualTo(new ProviderSettings.Api(
                        Format.OPENAI_CHAT,
                        java.util.Optional.empty(),
                        Set.of(Quirk.MAX_TOKENS, Quirk.NO_EFFORT),
                        8192));
        ProviderSettings azure = provider(settings, "azure");
        assertThat(azure.api().path()).contains("/chat/completions?api-version=2024-10-21");
        assertThat(azure.credential().keyHeader()).contains("api-key");
        assertThat(azure.connectTimeout()).hasSeconds(3);
        assertThat(azure.streamSilenceTimeout()).hasMinutes(20);
        assertThat(azure.retries()).isEqualTo(new ProviderSettings.Retries(3, List.of(429, 503)));
    }

    @Test
    void keysAndHeadersOfProvidersAreNeverShown() {
        LoadedSettings loaded = given().yaml("""
                providers:
                  local: {base_url: "http://localhost:1", api_key: hush, headers: {X-Key: hush}}
                """);

        assertThat(loaded.effective("providers.local.api_key")).startsWith("(hidden) (");
        assertThat(loaded.effective("providers.local.headers")).startsWith("{X-Key: ***} (");
        assertThat(loaded.settings().toString()).doesNotContain("hush,").contains("(hidden)");
    }

    @Test
    void theClientsOwnVariableIsNoKeyOfTheProxy() {
        assertThat(given().environment("ANTHROPIC_API_KEY", "sk-ant")
                        .settings()
                        .anthropic()
                        .credential()
                        .key())
                .isEmpty();
    }

    @Test
    void mappingsAreReadInBothForms() {
        List<Mapping> expected =
                List.of(new Mapping("code-reviewer", "gpt-4o"), new Mapping("local", "ollama/qwen3:8b"));

        SubagentSettings variable = given().environment(
                        "SUBAGENT_MAPPINGS", "code-reviewer:gpt-4o, local:ollama/qwen3:8b")
                .settings()
                .routing()
                .subagents();
        SubagentSettings yaml = given().yaml("""
                        subagents:
                          enable: true
                          mappings:
                            code-reviewer: "gpt-4o"
                            local: ollama/qwen3:8b
                        """).settings().routing().subagents();

        assertThat(variable.mappings()).isEqualTo(expected);
        assertThat(yaml.mappings()).isEqualTo(expected);
        assertThat(variable.enabled()).isTrue();
        assertThat(yaml.enabled()).isTrue();
    }

    @Test
    void theVariableEnablesUnlessFalseIsWritten() {
        String mapping = "code-reviewer:gpt-4o";
        assertThat(enabled(given().yaml("subagents: {mappings: {code-reviewer: gpt-4o}}")))
                .isFalse();
        assertThat(enabled(given().yaml("").dotEnv("SUBAGENT_MAPPINGS=" + mapping)))
                .isTrue();
        assertThat(enabled(given().yaml("subagents: {enable: false}").dotEnv("SUBAGENT_MAPPINGS=" + mapping)))
                .isFalse();
    }

    private static boolean enabled(LoadedSettings loaded) {
        return loaded.settings().routing().subagents().enabled();
    }

    @Test
    void mistakesInMappingsAreReported() {
        assertThat(given().environment("SUBAGENT_MAPPINGS", "code-reviewer").problems())
                .singleElement()
                .asString()
                .contains("must be a mapping of names of agents to models");
        assertThat(given().environment("SUBAGENT_MAPPINGS", "a:gpt-4o,a:o3").problems())
                .hasSize(1);
    }

    @Test
    void routesSayWhatTheyMean() {
        List<RouteSettings> routes = given().yaml("""
                        providers:
                          router: {base_url: "https://router.example"}
                        routes:
                          - name: titles
                            kind: [title, compaction]
                            to: router/meta/llama-3
                            fallback: [gpt-4o-mini, claude-haiku-5-5]
                          - model: "claude-opus-*"
                            tokens_over: 100000
                            tools: no
                            refuse: "too large: ask for less"
                        """).settings().routing().routes();

        assertThat(routes).hasSize(2);
        assertThat(routes.getFirst().name()).isEqualTo("titles");
        assertThat(routes.getFirst().conditions().kinds()).containsExactly("title", "compaction");
        assertThat(routes.getFirst().action())
                .isEqualTo(new Action.Send("router/meta/llama-3", List.of("gpt-4o-mini", "claude-haiku-5-5")));
        assertThat(routes.get(1).name()).isEqualTo("route 2");
        assertThat(routes.get(1).conditions().tokensOver()).contains(100_000L);
        assertThat(routes.get(1).conditions().tools()).contains(false);
        assertThat(routes.get(1).action()).isEqualTo(new Action.Refuse("too large: ask for less"));
    }

    @Test
    void mistakesInRoutesNameTheRuleAndWhatWasMeant() {
        assertThat(problem("[{kind: title, to: gpt-4o}, {agnet: x, to: gpt-4o}]"))
                .endsWith("rule 2: unknown key agnet; did you mean agent?");
        assertThat(problem("[{kind: titel, to: gpt-4o}]"))
                .endsWith("rule 1: there is no kind titel; did you mean title?");
        assertThat(problem("[{kind: title}]")).contains("rule 1: needs either to");
        assertThat(problem("[{to: gpt-4o, refuse: no}]")).contains("rule 1: needs either to");
        assertThat(problem("[{refuse: no, fallback: gpt-4o}]")).contains("what is refused has no fallback");
        assertThat(problem("[{tokens_over: many, to: gpt-4o}]")).contains("tokens_over must be a whole number");
        assertThat(problem("[{name: a, to: gpt-4o}, {name: a, to: o3}]")).contains("the name a is there twice");
        assertThat(problem("{kind: title}")).contains("must be a list of rules");
    }

    private String problem(String routes) {
        List<String> problems = given().yaml("routes: " + routes + "\n").problems();
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    @Test
    void aProviderThatIsNearlyNamedIsAMistake() {
        assertThat(given().yaml("""
                        providers:
                          openrouter: {base_url: "https://openrouter.ai/api/v1"}
                        routes:
                          - {kind: title, to: openruoter/qwen3}
                        """).problems())
                .singleElement()
                .asString()
                .endsWith("route 1: there is no provider openruoter; did you mean openrouter/qwen3?");
    }

    @Test
    void aProviderNeedsAnAddress() {
        assertThat(given().yaml("providers: {local: {api_format: openai-chat}}").problems())
                .containsExactly("config.yaml:1: providers.local: needs a base_url: where requests are sent to");
    }

    @Test
    void theProviderFollowsFromTheModel() {
        Set<String> providers = Set.of("anthropic", "openai", "router");
        assertThat(words("gpt-4o", providers)).isEqualTo("openai/gpt-4o");
        assertThat(words("o3-mini", providers)).isEqualTo("openai/o3-mini");
        assertThat(words("chatgpt-4o-latest", providers)).isEqualTo("openai/chatgpt-4o-latest");
        assertThat(words("codex-mini", providers)).isEqualTo("openai/codex-mini");
        assertThat(words("claude-haiku-5-5", providers)).isEqualTo("anthropic/claude-haiku-5-5");
        assertThat(words("opus", providers)).isEqualTo("anthropic/opus");
        assertThat(words("router/meta/llama-3", providers)).isEqualTo("router/meta/llama-3");
        assertThat(Target.of("opus", providers).guessed()).isTrue();
        assertThat(Target.of("meta/llama-3", providers).guessed()).isTrue();
        assertThat(Target.of("claude-haiku-5-5", providers).guessed()).isFalse();
        assertThat(Target.of("router/*", providers).modelFor("claude-haiku-5-5"))
                .isEqualTo("claude-haiku-5-5");
    }

    private static String words(String text, Set<String> providers) {
        return Target.of(text, providers).words();
    }
}
