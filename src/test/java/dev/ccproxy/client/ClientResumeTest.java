package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ClaudeSession;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientResumeTest {

    @Test
    void aResumedSessionGoesOnUnderItsId() throws Exception {
        ClientBench.Model model = (request, reply) ->
                AnthropicScript.message(request.mentions("Go on.") ? "msg_0Second" : "msg_0First", request.model())
                        .text("Understood.")
                        .stream(reply);
        String[] resume = {"Go on.", "--resume", ClaudeSession.SESSION_ID};
        try (ClientBench bench = new ClientBench()) {
            bench.proxied(model, "Begin.");
            ClientRun proxied = bench.proxiedAgain(model, Map.of(), resume);
            bench.direct(model, "Begin.");
            ClientRun direct = bench.directAgain(model, Map.of(), resume);

            Transparency.assertNothingChanged(proxied);
            Transparency.assertSameCourse(proxied, direct);
            assertThat(proxied.before().getFirst().request().body().utf8()).contains("Begin.", "Understood.", "Go on.");
            assertThat(proxied.transcriptRequestIds()).containsExactly("req_0First", "req_0Second");
        }
    }
}
