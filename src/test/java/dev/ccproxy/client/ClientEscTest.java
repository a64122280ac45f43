package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawTap;
import dev.ccproxy.testing.Reply;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person in front of a terminal who presses Esc: the generation, and its bill, stop at once. */
class ClientEscTest {

    private static final String ESC = "\u001b";

    @Test
    void escInTheMiddleOfAStreamCancelsTheUpstreamAtOnce() throws Exception {
        try (ClientBench bench = new ClientBench();
                FakeUpstream upstream = ClientBench.start(ClientEscTest::halfAnAnswer);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawTap before = RawTap.before(proxy.port());
                RawTap direct = RawTap.before(upstream.port())) {
            pressEsc(bench, upstream, before);

            JsonNode recorded = proxy.recorded().awaitEnded();
            assertThat(recorded.get("outcome").asString()).isEqualTo("client_left");
            assertThat(recorded.get("sessionId").asString()).isEqualTo(ClaudeSession.SESSION_ID);
            assertThat(proxy.recorded()
                            .responseBody(recorded.get("id").asString())
                            .utf8())
                    .contains("zebra");

            pressEsc(bench, upstream, direct);
            assertThat(SentRequests.of(before.seen()))
                    .as("the same as without a proxy")
                    .containsExactlyElementsOf(SentRequests.of(direct.seen()));
        }
    }

    private static void pressEsc(ClientBench bench, FakeUpstream upstream, RawTap way) throws Exception {
        try (ClaudeSession session = bench.interactive(way)) {
            session.awaitOutput("\u276f");
            session.type("Tell");
            session.awaitOutput("Tell");
            session.type("\r");
            UpstreamRequest request = upstream.awaitRequest();
            // The client counts what has arrived.
            session.awaitOutput("tokens");

            session.type(ESC);

            request.awaitPeerClosed(Duration.ofSeconds(5));
            session.awaitOutput("Interrupted");
        }
    }

    /** A few words, and then nothing more. */
    private static void halfAnAnswer(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript script = AnthropicScript.message("msg_0Esc", request.model())
                .text("zebra crossing the road and never getting to the other side");
        reply.stream(script.headerLines());
        for (String event : script.events().subList(0, 7)) {
            reply.chunk(event);
        }
    }
}
