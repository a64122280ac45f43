package dev.ccproxy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What rules make of recorded exchanges, asked of the running program. */
class RouteSimulationTest {

    private static final String SESSION = "X-Claude-Code-Session-Id: 0b5e1f6a-7c1d-4e2f-8a3b-4c5d6e7f8091";

    @TempDir
    private Path agents;

    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = FakeUpstream.start((request, reply) -> AnthropicScript.message("msg_0Claude", "claude-opus-5-5")
                .text("Hi.")
                .whole(reply));
        Files.writeString(
                agents.resolve("review.md"), "---\nname: code-reviewer\n---\nYou review code, and nothing else.");
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    private ProxyUnderTest proxy(String... more) throws Exception {
        String[] settings = {"subagents.directories", agents.toString()};
        String[] all = Arrays.copyOf(settings, settings.length + more.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        return ProxyUnderTest.to(upstream, all);
    }

    private static void ask(ProxyUnderTest proxy, String model, String more, String... lines) throws IOException {
        String[] all = Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = SESSION;
        try (RawClient client = proxy.client()) {
            client.post("/v1/messages", "{\"model\":\"" + model + "\",\"messages\":[]" + more + "}", all)
                    .read();
        }
    }

    private static void askAsReviewer(ProxyUnderTest proxy) throws IOException {
        ask(
                proxy,
                "claude-opus-5-5",
                ",\"system\":\"You review code, and nothing else.\\n\\nNotes: none.\",\"tools\":[{\"name\":\"Read\"}]",
                "x-claude-code-agent-id: a0123456789abcdef",
                "x-claude-code-agent-type: custom");
    }

    private static RawClient.Received simulate(ProxyUnderTest proxy, String body) throws IOException {
        try (RawClient client = proxy.client()) {
            return client.post("/api/routes/simulate", body).read();
        }
    }

    private static JsonNode simulated(ProxyUnderTest proxy, String body) throws IOException {
        RawClient.Received answer = simulate(proxy, body);
        assertThat(answer.head().status()).as(answer.text()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.text());
    }

    private static List<String> taken(JsonNode simulation) {
        return simulation
                .at("/trial/taken")
                .valueStream()
                .map(each -> each.path("rule").asString() + " "
                        + each.path("requestedModel").asString())
                .toList();
    }

    @Test
    void anExchangeIsExplainedRuleByRule() throws Exception {
        try (ProxyUnderTest proxy = proxy(
                "routes",
                "[{name: no haiku, model: claude-haiku-*, refuse: Not here.},"
                        + " {name: reviews, agent: code-*, tools: true, to: claude-sonnet-5-5},"
                        + " {name: rest, to: claude-opus-5-5}]")) {
            askAsReviewer(proxy);
            String id = proxy.recorded().awaitEnded().path("id").asString();

            JsonNode simulation = simulated(proxy, "{\"exchange\":\"" + id + "\"}");

            JsonNode exchange = simulation.path("exchange");
            assertThat(exchange.path("rule").asString()).isEqualTo("reviews");
            assertThat(exchange.path("unknown").asBoolean()).isFalse();
            assertThat(exchange.path("agent").asString()).isEqualTo("code-reviewer");
            assertThat(exchange.path("agentFile").asString())
                    .isEqualTo(agents.resolve("review.md").toString());
            assertThat(exchange.at("/rules/0").toString())
                    .isEqualTo("{\"name\":\"no haiku\",\"matches\":\"no\",\"conditions\":[{\"condition\":\"model\","
                            + "\"wanted\":[\"claude-haiku-*\"],\"found\":\"claude-opus-5-5\",\"holds\":\"no\"}]}");
            assertThat(exchange.at("/rules/1").toString())
                    .isEqualTo("{\"name\":\"reviews\",\"matches\":\"yes\",\"conditions\":["
                            + "{\"condition\":\"tools\",\"wanted\":[\"true\"],\"found\":\"true\",\"holds\":\"yes\"},"
                            + "{\"condition\":\"agent\",\"wanted\":[\"code-*\"],\"found\":\"code-reviewer\","
                            + "\"holds\":\"yes\"}]}");
            assertThat(exchange.at("/rules/2/matches").asString()).isEqualTo("yes");
            assertThat(exchange.at("/recorded/rule").asString()).isEqualTo("reviews");
            assertThat(exchange.at("/recorded/model").asString()).isEqualTo("claude-sonnet-5-5");
            assertThat(simulation.has("trial")).isFalse();
        }
    }

    @Test
    void aProposedRuleTellsWhichOfTheLatestItWouldHaveTaken() throws Exception {
        try (ProxyUnderTest proxy = proxy()) {
            ask(proxy, "claude-haiku-5-5", "");
            askAsReviewer(proxy);
            ask(proxy, "claude-opus-5-5", ",\"thinking\":{\"type\":\"enabled\"}");
            proxy.recorded().awaitEnded(3);

            assertThat(taken(simulated(proxy, "{\"routes\":[{\"model\":\"claude-haiku-*\",\"to\":\"gpt-4o\"}]}")))
                    .containsExactly("route 1 claude-haiku-5-5");
            assertThat(taken(simulated(proxy, "{\"mappings\":{\"code-reviewer\":\"gpt-4o\"}}")))
                    .containsExactly("subagent code-reviewer claude-opus-5-5");
            assertThat(taken(simulated(proxy, "{\"routes\":[{\"agent_type\":\"custom\",\"to\":\"gpt-4o\"}]}")))
                    .hasSize(1);
            assertThat(taken(simulated(proxy, "{\"routes\":[{\"tools\":true,\"to\":\"gpt-4o\"}]}")))
                    .hasSize(1);
            assertThat(taken(simulated(proxy, "{\"routes\":[{\"thinking\":true,\"to\":\"gpt-4o\"}]}")))
                    .hasSize(1);
            JsonNode both = simulated(proxy, """
                    {"routes":"- {name: small, model: '*haiku*', to: o3}\\n- {name: rest, refuse: No., kind: [main]}\\n",
                     "last":2}""");
            assertThat(taken(both)).containsExactly("rest claude-opus-5-5");
            assertThat(both.at("/trial/looked").asInt()).isEqualTo(2);
            assertThat(both.at("/trial/unknown").asInt()).isZero();
            assertThat(both.at("/rules/1/taken").asInt()).isEqualTo(1);
            assertThat(both.at("/rules/0/targets/0").asString()).isEqualTo("openai/o3");
            assertThat(upstream.requests()).as("nothing was sent anywhere").hasSize(3);
        }
    }

    @Test
    void whatABodyThatWasNotKeptWouldTellIsUnknown() throws Exception {
        try (ProxyUnderTest proxy = proxy("storage.record.max_body_bytes", "10")) {
            ask(proxy, "claude-opus-5-5", ",\"tools\":[{}]");
            String id = proxy.recorded().awaitEnded().path("id").asString();

            JsonNode simulation = simulated(
                    proxy,
                    "{\"exchange\":\"" + id
                            + "\",\"last\":10,\"routes\":[{\"path\":\"/v1/x\",\"tools\":true,\"to\":\"o3\"},"
                            + "{\"tools\":true,\"to\":\"gpt-4o\"}]}");

            assertThat(simulation.at("/exchange/rules/0/matches").asString()).isEqualTo("no");
            assertThat(simulation.at("/exchange/rules/1/matches").asString()).isEqualTo("unknown");
            assertThat(simulation.at("/exchange/unknown").asBoolean()).isTrue();
            assertThat(simulation.at("/exchange").has("rule")).isFalse();
            assertThat(simulation.at("/trial/unknown").asInt()).isEqualTo(1);
            assertThat(simulation.at("/trial/taken")).isEmpty();
        }
    }

    @Test
    void aRequestAboutWhichNoRuleIsAskedSaysWhy() throws Exception {
        try (ProxyUnderTest proxy = proxy("routes", "[{to: gpt-4o}]");
                RawClient client = proxy.client()) {
            client.get("/v1/models").read("GET");
            String id = proxy.recorded().awaitEnded().path("id").asString();

            JsonNode exchange =
                    simulated(proxy, "{\"exchange\":\"" + id + "\"}").path("exchange");

            assertThat(exchange.path("notAsked").asString()).isEqualTo("only POST requests are routed");
            assertThat(exchange.has("rule")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | no JSON object",
                "{\"rules\":[]} | no member `rules`",
                "{\"exchange\":\"x\"} | must be the id",
                "{\"last\":1001} | from 0 to 1000",
                "{\"last\":\"ten\"} | from 0 to 1000",
                "{\"routes\":[{\"modell\":\"x\",\"to\":\"y\"}]} | did you mean model?",
                "{\"routes\":[{\"model\":\"x\"}]} | rule 1: needs either to",
                "{\"routes\":\"- {to: opnai/gpt-4o}\"} | \"routes: route 1: there is no provider opnai; did you mean openai/gpt-4o?\"",
                "{\"routes\":\"- {model: *opus, to: gpt-4o}\"} | routes: this is no YAML",
                "{\"mappings\":{\"reviewer\":[]}} | mappings: must be",
                "{\"mappings\":{\"reviewer\":\"opnai/o3\"}} | mappings: reviewer: there is no provider opnai",
            })
    void mistakesAreNamed(String body, String complaint) throws Exception {
        try (ProxyUnderTest proxy = proxy()) {
            RawClient.Received answer = simulate(proxy, body);

            assertThat(answer.head().status()).isEqualTo(400);
            assertThat(answer.head().header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.text()).contains(complaint);
        }
    }

    @Test
    void anUnknownExchangeIsAProblem() throws Exception {
        try (ProxyUnderTest proxy = proxy()) {
            assertThat(simulate(proxy, "{\"exchange\":\"019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d\"}")
                            .head()
                            .status())
                    .isEqualTo(404);
        }
    }
}
