package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.AnthropicScript.Tokens;
import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RecordedExchanges;
import dev.ccproxy.testing.Reply;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The real client forks, compacts and tries again: which session, turn and kind each request has, and what it cost. */
class ClientBranchesTest {

    private static final String SESSION = "/api/sessions/" + ClaudeSession.SESSION_ID;
    private static final String CONVERSATION = "/api/conversations/" + ClaudeSession.SESSION_ID;

    /** 2,000 x 4 + 100 x 20 + 10,000 x 0.20 + 1,000 x 5 (5 minutes) + 3,000 x 8 (an hour), in millionths: Opus 5.5. */
    private static final BigDecimal COST = new BigDecimal("0.041");

    private static final Tokens TOKENS = new Tokens(2_000, 100, 10_000, 1_000, 3_000);

    private final ClaudeCode claude = ClaudeCode.installed();
    private final AtomicInteger answers = new AtomicInteger();
    private ClaudeWorkplace workplace;

    @BeforeEach
    void make() throws IOException {
        workplace = ClaudeWorkplace.create();
    }

    @AfterEach
    void clear() {
        workplace.close();
    }

    @Test
    void aForkIsASessionThatComesFromAnotherOne() throws Exception {
        try (FakeUpstream upstream = ClientBench.start(this::answers);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            print(proxy, "Begin.", "--session-id", ClaudeSession.SESSION_ID);
            print(proxy, "Go on.", "--resume", ClaudeSession.SESSION_ID);
            print(proxy, "Elsewhere.", "--resume", ClaudeSession.SESSION_ID, "--fork-session");
            RecordedExchanges recorded = proxy.recorded();
            List<JsonNode> rows = recorded.awaitEnded(3);

            JsonNode origin = recorded.json(SESSION);
            assertThat(origin.path("forks")).hasSize(1);
            assertThat(origin.path("branches")).isEmpty();
            String fork = origin.at("/forks/0").asString();
            assertThat(fork).isEqualTo(rows.get(2).path("sessionId").asString());
            JsonNode forked = recorded.json("/api/sessions/" + fork);
            assertThat(forked.at("/summary/forkedFrom/session").asString()).isEqualTo(ClaudeSession.SESSION_ID);
            assertThat(forked.at("/summary/forkedFrom/messages").asInt())
                    .as("prompt, environment, answer, prompt")
                    .isEqualTo(4);
            assertThat(values(recorded.json("/api/sessions/" + fork + "/turns").path("items"), "prompt"))
                    .as("the copied prompts are not new ones")
                    .containsExactly("Elsewhere.");
            assertCost(forked, 1);
            assertCost(origin, 2);
        }
    }

    @Test
    void aCompactionIsAKindOfItsOwnAndWhatFollowsIsABranch() throws Exception {
        try (FakeUpstream upstream = ClientBench.start(this::answers);
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        upstream,
                        "transcripts.dir",
                        workplace.home().resolve(".claude").toString())) {
            print(proxy, "Begin.", "--session-id", ClaudeSession.SESSION_ID);
            print(proxy, "Go on.", "--resume", ClaudeSession.SESSION_ID);
            print(proxy, "/compact", "--resume", ClaudeSession.SESSION_ID);
            print(proxy, "After.", "--resume", ClaudeSession.SESSION_ID);
            RecordedExchanges recorded = proxy.recorded();
            List<JsonNode> rows = recorded.awaitEnded(4);

            assertThat(values(rows, "kind")).containsExactly("main", "main", "compaction", "main");
            JsonNode turns = recorded.json(SESSION + "/turns").path("items");
            assertThat(values(turns, "prompt")).containsExactly("Begin.", "Go on.", "After.");
            assertThat(values(turns.get(1).path("exchanges"), "kind")).containsExactly("main", "compaction");
            JsonNode session = recorded.json(SESSION);
            assertThat(session.at("/branches/0/exchange").asString())
                    .isEqualTo(rows.get(3).path("id").asString());
            assertThat(session.at("/branches/0/message").asInt()).isZero();
            assertThat(values(session.path("kinds"), "kind")).containsExactly("main", "compaction");
            assertThat(session.path("agents")).hasSize(1);
            assertCost(session, 4);

            JsonNode joined = recorded.json(CONVERSATION + "/exchanges");
            assertThat(joined.path("counts")).hasToString("{\"both\":3,\"wire\":1,\"files\":0,\"unexplained\":0}");
            assertThat(recorded.json(CONVERSATION + "/exchanges?in=wire")
                            .at("/items/0/kind")
                            .asString())
                    .isEqualTo("compaction");
        }
    }

    @Test
    void attemptsAreOfOneTurnAndOnlyTheAnswerCosts() throws Exception {
        try (FakeUpstream upstream = ClientBench.start((request, reply) -> {
                    if (answers.incrementAndGet() <= 2) {
                        AnthropicScript.error(reply, "429 Too Many Requests", "rate_limit_error", "req_0Many");
                    } else {
                        message(request).text("Hello.").stream(reply);
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            print(proxy, "Begin.", "--session-id", ClaudeSession.SESSION_ID);
            RecordedExchanges recorded = proxy.recorded();
            List<JsonNode> rows = recorded.awaitEnded(3);

            assertThat(values(rows, "attempt")).containsExactly("", "2", "3");
            assertThat(values(rows, "attemptReason")).containsExactly("", "retry", "retry");
            assertThat(values(rows, "turn")).containsOnly("1");
            JsonNode session = recorded.json(SESSION);
            assertThat(session.at("/summary/turns").asInt()).isEqualTo(1);
            assertThat(session.at("/total/errors").asInt()).isEqualTo(2);
            assertThat(session.path("branches")).isEmpty();
            assertCost(session, 1);
        }
    }

    private void print(ProxyUnderTest proxy, String... arguments) throws IOException {
        ClaudeSession.Result result = ClaudeSession.print(claude, workplace, proxy.uri(), arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private void answers(ModelRequest request, Reply reply) throws IOException {
        boolean compaction = request.texts().getLast().startsWith("CRITICAL: Respond with TEXT ONLY");
        message(request).text(compaction ? "<summary>There was a greeting.</summary>" : "Hello.").stream(reply);
    }

    private AnthropicScript message(ModelRequest request) {
        return AnthropicScript.message("msg_0Answer" + request.wire().number(), "claude-opus-5-5")
                .tokens(TOKENS);
    }

    private static void assertCost(JsonNode session, int answers) {
        assertThat(session.at("/total/cost/exact").decimalValue())
                .isEqualByComparingTo(COST.multiply(BigDecimal.valueOf(answers)));
    }

    private static List<String> values(Iterable<JsonNode> list, String member) {
        List<String> values = new ArrayList<>();
        list.forEach(item -> values.add(item.path(member).asString("")));
        return values;
    }
}
