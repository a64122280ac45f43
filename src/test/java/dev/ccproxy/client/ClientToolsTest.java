package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.Reply;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The everyday case: a prompt, tools, an answer. */
class ClientToolsTest {

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
    void aPlainAnswerPassesUntouched() throws Exception {
        ClientRun run = bench.comparedWithDirect(ClientToolsTest::greets, "Say hello.");

        assertThat(run.result().exitCode()).isZero();
        assertThat(run.result().output()).isEqualTo("Hello, café 😀!\n");
        assertThat(run.recorded("outcome")).containsExactly("completed");
        assertThat(run.recorded("kind")).containsExactly("main");
        assertThat(run.recorded("agent")).containsExactly("main");
        assertThat(run.transcriptRequestIds()).containsExactly("req_0Hello");
        assertThat(run.recorded().getFirst().detail().get("requestId").asString())
                .isEqualTo("req_0Hello");
        assertThat(run.recorded().getFirst().detail().get("messageId").asString())
                .isEqualTo("msg_0Hello");
    }

    @Test
    void aToolCallAndItsResultPassUntouched() throws Exception {
        ClientRun run = bench.comparedWithDirect(ClientToolsTest::usesOneTool, "Do it.", "--allowedTools", "Bash");

        assertThat(run.result().output()).isEqualTo("It said one.\n");
        assertThat(run.recorded("outcome")).containsExactly("completed", "completed");
        assertThat(run.recorded("tool")).containsExactly("Bash", "");
        assertThat(run.recorded("stop")).containsExactly("tool_use", "end_turn");
        assertThat(run.transcriptRequestIds()).containsExactly("req_0Turn0", "req_0Turn1");
        assertThat(run.before().get(1).request().body().utf8())
                .contains("tool_result")
                .contains("one");
    }

    @Test
    void parallelToolCallsPassUntouched() throws Exception {
        ClientRun run =
                bench.comparedWithDirect(ClientToolsTest::usesTwoToolsAtOnce, "Do it.", "--allowedTools", "Bash Read");

        assertThat(run.result().output()).isEqualTo("Both are done.\n");
        assertThat(run.recorded().getFirst().summary().get("toolCount").asInt()).isEqualTo(2);
        assertThat(run.before().get(1).request().body().utf8())
                .contains("toolu_a")
                .contains("toolu_b");
    }

    private static void greets(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript.message("msg_0Hello", request.model())
                .thinking("They want a greeting.")
                .text("Hello, café 😀!")
                .stream(reply);
    }

    private static void usesOneTool(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript turn = AnthropicScript.message("msg_0Turn" + request.toolResults(), request.model());
        if (request.toolResults() == 0) {
            turn
                    .text("I try.")
                    .toolUse("toolu_one", "Bash", "{\"command\":\"echo one\",\"description\":\"Says one\"}")
                    .stream(reply);
        } else {
            turn.text("It said one.").stream(reply);
        }
    }

    private static void usesTwoToolsAtOnce(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript turn = AnthropicScript.message("msg_0Turn" + request.toolResults(), request.model());
        if (request.toolResults() == 0) {
            // The client sends results in the order in which they come: b comes well after a.
            turn
                    .toolUse("toolu_a", "Bash", "{\"command\":\"touch a; echo a\",\"description\":\"Says a\"}")
                    .toolUse(
                            "toolu_b",
                            "Bash",
                            "{\"command\":\"until [ -e a ]; do sleep 0.1; done; sleep 1; echo b\","
                                    + "\"description\":\"Says b\"}")
                    .stream(reply);
        } else {
            turn.text("Both are done.").stream(reply);
        }
    }
}
