package dev.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.routing.RequestView.Content;
import dev.ccproxy.routing.RequestView.Head;
import dev.ccproxy.testing.TestSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule decides about a request. */
class RouterTest {

    private static final Head HEAD =
            new Head("/v1/messages", Optional.of("session-1"), Optional.of("a01"), Optional.of("custom"));

    /** 40,000 bytes are estimated at 10,000 tokens. */
    private static final Content CONTENT = new Content("claude-haiku-5-5", 40_000, () -> true, () -> false);

    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();

    private Router router(String... settings) {
        return Router.of(TestSettings.of(folder, settings).routing());
    }

    private RequestView request(Head head, Content content, String agent) {
        return new RequestView(
                head,
                content,
                () -> {
                    asked.add("agent");
                    return Optional.of(agent).filter(name -> !name.isEmpty());
                },
                () -> {
                    asked.add("kind");
                    return Kind.SUBAGENT;
                });
    }

    private String chosen(Router router) {
        return router.choose(request(HEAD, CONTENT, "reviewer")).map(Rule::name).orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: claude-haiku-* | true",
                "model: [gpt-*, claude-*] | true",
                "model: claude-opus-* | false",
                "agent: reviewer | true",
                "agent: 'rev*' | true",
                "agent: other | false",
                "agent_type: custom | true",
                "agent_type: Explore | false",
                "kind: subagent | true",
                "kind: [title, main] | false",
                "path: /v1/messages | true",
                "path: /v1/messages/* | false",
                "session: session-? | true",
                "session: other | false",
                "tokens_over: 9999 | true",
                "tokens_over: 10000 | false",
                "tokens_under: 10001 | true",
                "tokens_under: 10000 | false",
                "tools: true | true",
                "tools: false | false",
                "thinking: false | true",
                "thinking: true | false",
                "'model: claude-*, tools: true, kind: subagent' | true",
                "'model: claude-*, tools: true, kind: title' | false"
            })
    void aRuleMatchesWhereAllItsConditionsHold(String conditions, boolean matches) {
        assertThat(chosen(router("routes", "[{name: it, " + conditions + ", to: gpt-4o}]")))
                .isEqualTo(matches ? "it" : "none");
    }

    @Test
    void theFirstThatMatchesDecidesAndMappingsComeFirst() {
        String routes = "[{name: a, model: gpt-*, to: o3}, {name: b, to: o3}, {name: c, to: gpt-4o}]";

        assertThat(chosen(router("routes", routes))).isEqualTo("b");
        assertThat(chosen(
                        router("routes", routes, "subagents.mappings", "reviewer:gpt-4o", "subagents.enable", "true")))
                .isEqualTo("subagent reviewer");
    }

    @Test
    void mappingsThatAreNotEnabledAreNoRules() {
        assertThat(router("subagents.mappings", "reviewer:gpt-4o").rules()).isEmpty();
    }

    @Test
    void withoutRulesNothingConcernsAnybody() {
        assertThat(router().mayConcern(HEAD)).isFalse();
        assertThat(chosen(router())).isEqualTo("none");
    }

    @Test
    void theHeadAloneTellsWhatNoRuleCanMean() {
        Head main = new Head("/v1/messages", Optional.of("session-1"), Optional.empty(), Optional.empty());

        assertThat(router("routes", "[{agent: reviewer, to: o3}]").mayConcern(main))
                .isFalse();
        assertThat(router("routes", "[{agent: reviewer, to: o3}]").mayConcern(HEAD))
                .isTrue();
        assertThat(router("routes", "[{agent: reviewer, to: o3}]", "subagents.include_main", "true")
                        .mayConcern(main))
                .isTrue();
        assertThat(router("routes", "[{path: /v1/other, to: o3}]").mayConcern(HEAD))
                .isFalse();
        assertThat(router("routes", "[{session: other, to: o3}]").mayConcern(HEAD))
                .isFalse();
        assertThat(router("routes", "[{agent_type: Plan, to: o3}]").mayConcern(HEAD))
                .isFalse();
        assertThat(router("routes", "[{kind: title, to: o3}]").mayConcern(main)).isTrue();
    }

    @Test
    void whatIsDearToFindOutIsAskedOnceAndOnlyWhereTheRestHolds() {
        Router router = router(
                "routes",
                "[{agent: x, model: gpt-*, to: o3}, {agent: y, to: o3}, {agent: z, kind: title, to: o3},"
                        + " {kind: main, to: o3}]");

        assertThat(chosen(router)).isEqualTo("none");
        assertThat(asked).containsExactly("agent", "kind");
    }

    @Test
    void targetsFollowFromTheModelsNameOrTheProviderBeforeIt() {
        Router router = router(
                "providers.mine.base_url",
                "http://localhost:9/v1",
                "routes",
                "[{to: mine/llama, fallback: [gpt-4o, claude-haiku-5-5, mine/*]}]");

        Rule.Action.Send send = (Rule.Action.Send) router.rules().getFirst().action();
        assertThat(send.targets())
                .extracting(target -> target.words() + " " + target.modelFor("asked"))
                .containsExactly(
                        "mine/llama llama",
                        "openai/gpt-4o gpt-4o",
                        "anthropic/claude-haiku-5-5 claude-haiku-5-5",
                        "mine/* asked");
    }
}
