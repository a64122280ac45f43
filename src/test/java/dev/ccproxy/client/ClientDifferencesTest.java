package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Header;
import dev.ccproxy.insight.ClientDifferences;
import dev.ccproxy.insight.ClientDifferences.Difference;
import dev.ccproxy.insight.ClientDifferences.Kind;
import dev.ccproxy.json.Json;
import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.RawTap;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the real client leaves out because its base URL is not the vendor's own is what the list says, and no more. */
class ClientDifferencesTest {

    private static final String DIRECT = "_CLAUDE_CODE_ASSUME_FIRST_PARTY_BASE_URL";
    private static final String HINTS = "CLAUDE_CODE_GATEWAY_HINT_HEADERS";

    @Test
    void theListSaysWhatThisReleaseLeavesOutAndWhatBringsItBack() throws Exception {
        try (ClientBench bench = new ClientBench()) {
            RawTap.Message plain = firstRequest(bench, Map.of());
            RawTap.Message direct = firstRequest(bench, Map.of(DIRECT, "1"));
            RawTap.Message hinted = firstRequest(bench, Map.of(HINTS, "1"));

            ClientDifferences known = known(plain);
            assertThat(known.differences()).allMatch(each -> each.back().endsWith("=1"));
            assertThat(added(headers(plain), headers(direct))).isEqualTo(names(known, Kind.HEADER));
            assertThat(added(betas(plain), betas(direct))).isEqualTo(names(known, Kind.BETA));
            assertThat(added(members(plain), members(direct))).isEqualTo(names(known, Kind.BODY));
            assertThat(added(tools(plain), tools(direct))).isEqualTo(names(known, Kind.TOOL));
            assertThat(added(headers(plain), headers(hinted))).isEqualTo(broughtBackBy(known, HINTS));
            assertThat(system(plain)).hasSize(3);
            assertThat(system(direct)).hasSize(4);
            assertThat(system(direct).get(2).at("/cache_control/scope").asString())
                    .isEqualTo("global");
            assertThat(system(direct).get(0).path("text").asString()).contains("cch=", "cc_prompt_id=");
            assertThat(system(plain).get(0).path("text").asString()).doesNotContain("cch=", "cc_prompt_id=");
        }
    }

    private static RawTap.Message firstRequest(ClientBench bench, Map<String, String> environment) throws Exception {
        ClientRun run = bench.direct(
                (request, reply) -> AnthropicScript.message("msg_0Hello", request.model()).text("Hello.").stream(reply),
                environment,
                "Say hello.");
        assertThat(run.result().exitCode()).isZero();
        return run.before().getFirst().request();
    }

    private static ClientDifferences known(RawTap.Message request) {
        String agent = request.head().header("user-agent");
        String version = agent.substring(agent.indexOf('/') + 1, agent.indexOf(' '));
        return ClientDifferences.of(ClientDifferences.all(new Json()), "claude-cli", version)
                .orElseThrow();
    }

    private static Set<String> names(ClientDifferences known, Kind kind) {
        return known.differences().stream()
                .filter(each -> each.kind() == kind && each.when().equals("always"))
                .map(Difference::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> broughtBackBy(ClientDifferences known, String variable) {
        return known.differences().stream()
                .filter(each -> each.kind() == Kind.HEADER && each.when().equals("always"))
                .filter(each -> each.back().equals(variable + "=1"))
                .map(Difference::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> added(Set<String> before, Set<String> after) {
        Set<String> added = new TreeSet<>(after);
        added.removeAll(before);
        return added;
    }

    private static Set<String> headers(RawTap.Message request) {
        return request.head().headers().lines().stream()
                .map(Header::name)
                .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Set<String> betas(RawTap.Message request) {
        return new HashSet<>(
                Arrays.asList(request.head().header("anthropic-beta").split(",")));
    }

    private static JsonNode body(RawTap.Message request) {
        return JsonMapper.shared().readTree(request.body().utf8());
    }

    private static Set<String> members(RawTap.Message request) {
        return new HashSet<>(body(request).propertyNames());
    }

    private static Set<String> tools(RawTap.Message request) {
        return body(request)
                .path("tools")
                .valueStream()
                .map(tool -> tool.path("name").asString())
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> system(RawTap.Message request) {
        return body(request).path("system").valueStream().toList();
    }
}
