package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.insight.ContextWindow;
import dev.ccproxy.json.Json;
import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.AnthropicScript.Tokens;
import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The real client makes room in its context by itself, where the table of context windows says. */
class ClientCompactionTest {

    private static final String MODEL = "claude-opus-5-5";

    private final ContextWindow.Compaction measured = Objects.requireNonNull(
            ContextWindow.of(ContextWindow.all(new Json()), MODEL).orElseThrow().compaction());

    @Test
    void theClientCompactsFromThereOnAndNotBelow() throws Exception {
        assertThat(kindsAfter(measured.below())).containsExactly("main", "main");
        assertThat(kindsAfter(measured.from())).containsExactly("main", "compaction", "main");
    }

    /** Kinds of all requests where the first one's answer says that it had so many input tokens. */
    private static List<String> kindsAfter(long tokens) throws Exception {
        ClaudeCode claude = ClaudeCode.installed();
        try (ClaudeWorkplace workplace = ClaudeWorkplace.create();
                FakeUpstream upstream = ClientBench.start((request, reply) -> answer(request, reply, tokens));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            print(claude, workplace, proxy, "Begin.", "--session-id", ClaudeSession.SESSION_ID);
            print(claude, workplace, proxy, "Go on.", "--resume", ClaudeSession.SESSION_ID);
            List<JsonNode> rows =
                    proxy.recorded().awaitEnded(upstream.requests().size());
            return rows.stream().map(row -> row.path("kind").asString()).toList();
        }
    }

    private static void print(ClaudeCode claude, ClaudeWorkplace workplace, ProxyUnderTest proxy, String... arguments)
            throws IOException {
        ClaudeSession.Result result = ClaudeSession.print(claude, workplace, proxy.uri(), arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private static void answer(ModelRequest request, Reply reply, long tokens) throws IOException {
        int number = request.wire().number();
        boolean compaction = request.texts().getLast().startsWith("CRITICAL: Respond with TEXT ONLY");
        AnthropicScript.message("msg_0Answer" + number, MODEL)
                .tokens(new Tokens(number == 1 ? tokens : 1_000, 10, 0, 0, 0))
                .text(compaction ? "<summary>There was a greeting.</summary>" : "Hello.")
                .stream(reply);
    }
}
