package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subagents: one of the project's own, one inside another, and one that works in the background. */
class ClientSubagentsTest {

    private static final Map<String, String> BLOCKING = Map.of("CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1");

    private ClientBench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new ClientBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aSubagentOfTheProjectIsRecordedAsOne() throws Exception {
        ClientRun run = bench.comparedWithDirect(
                ClientSubagentsTest::asksAReviewer, BLOCKING, "Do it.", "--allowedTools", "Agent Read");

        assertThat(run.result().output()).isEqualTo("The reviewer is content.\n");
        assertThat(run.recorded("kind")).containsExactly("main", "subagent", "subagent", "main");
        assertThat(run.recorded("outcome")).containsOnly("completed");
        List<String> agents = run.recorded("agentId");
        assertThat(agents.get(1)).matches("a[0-9a-f]{16}").isEqualTo(agents.get(2));
        assertThat(agents.get(0)).isEmpty();
        assertThat(run.transcriptRequestIds()).hasSize(4);
    }

    @Test
    void aSubagentInsideASubagentNamesItsParent() throws Exception {
        ClientRun run = bench.comparedWithDirect(
                ClientSubagentsTest::asksAReviewerWhoAsksAnother, BLOCKING, "Do it.", "--allowedTools", "Agent Read");

        assertThat(run.result().output()).isEqualTo("The reviewer is content.\n");
        assertThat(run.recorded("kind")).containsExactly("main", "subagent", "subagent", "subagent", "main");
        List<String> agents = run.recorded("agentId");
        List<String> parents = run.recorded("parentAgentId");
        assertThat(agents.get(2)).isNotEmpty().isNotEqualTo(agents.get(1));
        assertThat(parents).containsExactly("", "", agents.get(1), "", "");
    }

    @Test
    void aSubagentInTheBackgroundOverlapsItsParent() throws Exception {
        ClientRun run = bench.proxied(asksInTheBackground(), "Do it.", "--allowedTools", "Agent Read");
        ClientRun direct = bench.direct(asksInTheBackground(), "Do it.", "--allowedTools", "Agent Read");

        Transparency.assertNothingChanged(run);
        Transparency.assertSameCourseOfEach(run, direct);
        assertThat(run.result().exitCode()).isZero();
        assertThat(run.recorded("outcome")).containsOnly("completed");
        assertThat(run.recorded("kind")).contains("main", "subagent");
        assertThat(run.before().stream()
                        .map(seen -> seen.connection())
                        .distinct()
                        .count())
                .isGreaterThan(1);
    }

    private static void asksAReviewer(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript turn = turn(request);
        if (request.agentId().isPresent()) {
            if (request.toolResults() == 0) {
                turn.toolUse("toolu_read", "Read", "{\"file_path\":\"README.md\"}").stream(reply);
            } else {
                turn.text("It is fine.").stream(reply);
            }
        } else {
            asksOrEnds(request, turn, reply);
        }
    }

    private static void asksAReviewerWhoAsksAnother(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript turn = turn(request);
        if (request.mentions("[[inner]]")) {
            turn.text("The inner one is content.").stream(reply);
        } else if (request.agentId().isPresent() && request.toolResults() == 0) {
            turn.toolUse("toolu_inner", "Agent", agent("general-purpose", "[[inner]] Look again.")).stream(reply);
        } else if (request.agentId().isPresent()) {
            turn.text("It is fine.").stream(reply);
        } else {
            asksOrEnds(request, turn, reply);
        }
    }

    private static ClientBench.Model asksInTheBackground() {
        CountDownLatch parentWentOn = new CountDownLatch(1);
        return (request, reply) -> asksInTheBackground(request, reply, parentWentOn);
    }

    private static void asksInTheBackground(ModelRequest request, Reply reply, CountDownLatch parentWentOn)
            throws IOException {
        AnthropicScript turn = turn(request);
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

    private static void asksOrEnds(ModelRequest request, AnthropicScript turn, Reply reply) throws IOException {
        if (request.toolResults() == 0) {
            turn.toolUse("toolu_ask", "Agent", agent("code-reviewer", "[[review]] Look at README.md.")).stream(reply);
        } else {
            turn.text("The reviewer is content.").stream(reply);
        }
    }

    private static AnthropicScript turn(ModelRequest request) {
        String who = request.mentions("[[inner]]") ? "Inner" : request.agentId().isPresent() ? "Sub" : "Main";
        return AnthropicScript.message("msg_0" + who + request.toolResults(), request.model());
    }

    private static String agent(String type, String prompt) {
        return "{\"description\":\"Ask " + type + "\",\"prompt\":\"" + prompt + "\",\"subagent_type\":\"" + type
                + "\"}";
    }
}
