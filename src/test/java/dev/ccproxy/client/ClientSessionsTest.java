package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.AnthropicScript.Tokens;
import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.Reply;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sessions of the real client as the API tells them: agents, turns, kinds and costs to the last digit. */
class ClientSessionsTest {

    private static final Map<String, String> BLOCKING = Map.of("CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1");

    private static final List<String> FIRST =
            List.of("Do it.", "--allowedTools", "Agent Read", "--session-id", ClaudeSession.SESSION_ID);

    /** 2,000 x 4 + 100 x 20 + 10,000 x 0.20 + 1,000 x 5 (5 minutes) + 3,000 x 8 (an hour), in millionths: Opus 5.5. */
    private static final BigDecimal COST = new BigDecimal("0.041");

    private static final Tokens TOKENS = new Tokens(2_000, 100, 10_000, 1_000, 3_000);

    private ClaudeWorkplace workplace;

    @BeforeEach
    void start() throws IOException {
        workplace = ClaudeWorkplace.create();
    }

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void nestedAgentsAndAResumeMakeOneTreeAndTwoTurns() throws Exception {
        JsonNode[] told = told(
                ClientSessionsTest::nested,
                BLOCKING,
                6,
                List.of(
                        FIRST,
                        List.of("Go on.", "--allowedTools", "Agent Read", "--resume", ClaudeSession.SESSION_ID)));

        JsonNode session = told[0];
        assertThat(session.at("/summary/title").asString()).isEqualTo("Do it.");
        assertThat(session.at("/summary/project").asString())
                .isEqualTo(workplace.project().toRealPath().toString());
        JsonNode agents = session.path("agents");
        assertThat(agents).hasSize(3);
        assertThat(agents.at("/1/name").asString()).isEqualTo("code-reviewer");
        assertThat(agents.at("/1/nameSource").asString()).isEqualTo("exact");
        assertThat(agents.at("/1/parentAgentId").isMissingNode()).isTrue();
        assertThat(agents.at("/2/name").asString()).isEqualTo("general-purpose");
        assertThat(agents.at("/2/nameSource").asString()).isEqualTo("exact");
        assertThat(agents.at("/2/parentAgentId").asString())
                .isEqualTo(agents.at("/1/agentId").asString());
        assertThat(session.at("/total/n").asInt()).isEqualTo(6);
        assertThat(session.at("/main/n").asInt()).isEqualTo(3);
        assertThat(session.at("/subagents/n").asInt()).isEqualTo(3);
        assertCost(session, 6);
        assertThat(session.path("branches")).isEmpty();

        JsonNode turns = told[1].path("items");
        assertThat(values(turns, "prompt")).containsExactly("Do it.", "Go on.");
        assertThat(kinds(turns.get(0))).containsExactly("main", "subagent", "subagent", "subagent", "main");
        assertThat(kinds(turns.get(1))).containsExactly("main");
    }

    @Test
    void agentsOfOneAnswerAreToldApart() throws Exception {
        JsonNode session = told(ClientSessionsTest::parallel, BLOCKING, 4, List.of(FIRST))[0];

        JsonNode agents = session.path("agents");
        assertThat(agents).hasSize(3);
        assertThat(values(agents, "name")).containsExactlyInAnyOrder("", "code-reviewer", "general-purpose");
        assertThat(values(agents, "nameSource")).containsExactlyInAnyOrder("", "exact", "exact");
        assertCost(session, 4);
    }

    @Test
    void anAgentInTheBackgroundBelongsToTheTurnThatStartedIt() throws Exception {
        CountDownLatch parentWentOn = new CountDownLatch(1);
        JsonNode[] told =
                told((request, reply) -> background(request, reply, parentWentOn), Map.of(), 3, List.of(FIRST));

        assertThat(told[0].at("/agents/1/name").asString()).isEqualTo("code-reviewer");
        assertThat(told[0].at("/agents/1/nameSource").asString()).isEqualTo("exact");
        assertThat(told[0].at("/agents/1/turn").asInt()).isEqualTo(1);
        assertThat(values(told[1].path("items"), "prompt")).containsExactly("Do it.");
        assertThat(kinds(told[1].at("/items/0"))).contains("main", "subagent");
    }

    /** The session and its turns, when so many exchanges have ended at least. */
    private JsonNode[] told(
            ClientBench.Model model, Map<String, String> environment, int exchanges, List<List<String>> runs)
            throws Exception {
        ClaudeCode claude = ClaudeCode.installed();
        workplace.reset();
        try (FakeUpstream upstream = ClientBench.start(model);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            for (List<String> run : runs) {
                ClaudeSession.Result result =
                        ClaudeSession.print(claude, workplace, proxy.uri(), environment, run.toArray(String[]::new));
                assertThat(result.exitCode()).as(result.output()).isZero();
            }
            String path = "/api/sessions/" + ClaudeSession.SESSION_ID;
            JsonNode session = Patience.untilPasses(() -> {
                JsonNode now = proxy.recorded().json(path);
                assertThat(now.at("/total/n").asInt()).isGreaterThanOrEqualTo(exchanges);
                assertThat(proxy.recorded().list())
                        .noneMatch(line -> line.path("outcome").asString().equals("running"));
                return now;
            });
            return new JsonNode[] {session, proxy.recorded().json(path + "/turns")};
        }
    }

    private static void assertCost(JsonNode session, int exchanges) {
        assertThat(session.at("/total/cost/exact").decimalValue())
                .isEqualByComparingTo(COST.multiply(BigDecimal.valueOf(exchanges)));
        assertThat(session.at("/total/cost/estimated").decimalValue()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(session.at("/total/cost/unpriced").asInt()).isZero();
    }

    private static List<String> values(JsonNode list, String member) {
        List<String> values = new ArrayList<>();
        list.forEach(item -> values.add(item.path(member).asString("")));
        return values;
    }

    private static List<String> kinds(JsonNode turn) {
        return values(turn.path("exchanges"), "kind");
    }

    private static void nested(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript turn = message(request);
        if (request.mentions("[[inner]]")) {
            turn.text("The inner one is content.").stream(reply);
        } else if (request.agentId().isPresent() && request.toolResults() == 0) {
            turn.toolUse("toolu_inner", "Agent", agent("general-purpose", "[[inner]] Look again.")).stream(reply);
        } else if (request.agentId().isPresent()) {
            turn.text("It is fine.").stream(reply);
        } else if (request.toolResults() == 0) {
            turn.toolUse("toolu_ask", "Agent", agent("code-reviewer", "[[review]] Look at README.md.")).stream(reply);
        } else {
            turn.text("Done.").stream(reply);
        }
    }

    private static void parallel(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript turn = message(request);
        if (request.agentId().isPresent() || request.toolResults() > 0) {
            turn.text("Fine.").stream(reply);
        } else {
            turn
                    .toolUse("toolu_one", "Agent", agent("code-reviewer", "[[one]] Look at README.md."))
                    .toolUse("toolu_two", "Agent", agent("general-purpose", "[[two]] Look at README.md."))
                    .stream(reply);
        }
    }

    private static void background(ModelRequest request, Reply reply, CountDownLatch parentWentOn) throws IOException {
        AnthropicScript turn = message(request);
        if (request.agentId().isPresent()) {
            reply.pauseUntil(parentWentOn);
            turn.text("It is fine.").stream(reply);
        } else if (request.toolResults() == 0) {
            turn.toolUse("toolu_ask", "Agent", agent("code-reviewer", "[[review]] Look at README.md.")).stream(reply);
        } else {
            parentWentOn.countDown();
            turn.text("I wait for the reviewer.").stream(reply);
        }
    }

    private static AnthropicScript message(ModelRequest request) {
        String who = request.agentId().orElse("main") + request.texts().size() + request.toolResults();
        return AnthropicScript.message("msg_0" + who, "claude-opus-5-5").tokens(TOKENS);
    }

    private static String agent(String type, String prompt) {
        return "{\"description\":\"Ask " + type + "\",\"prompt\":\"" + prompt + "\",\"subagent_type\":\"" + type
                + "\"}";
    }
}
