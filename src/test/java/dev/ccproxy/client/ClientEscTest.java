package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawTap;
import dev.ccproxy.testing.UpstreamRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person in front of a terminal who presses Esc: the generation, and its bill, stop at once. */
class ClientEscTest {

    private static final String ESC = "\u001b";

    @Test
    void escInTheMiddleOfAStreamCancelsTheUpstreamAtOnce() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        ClientBench.Model model = (request, reply) -> {
            AnthropicScript script = AnthropicScript.message("msg_0Esc", request.model())
                    .text("zebra crossing the road and never getting to the other side");
            reply.stream(script.headerLines());
            for (String event : script.events().subList(0, 7)) {
                reply.chunk(event);
            }
            half.countDown();
        };
        try (ClientBench bench = new ClientBench();
                FakeUpstream upstream = ClientBench.start(model);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawTap before = RawTap.before(proxy.port());
                ClaudeSession session = bench.interactive(before)) {
            session.awaitOutput("\u276f");
            session.type("Tell");
            session.awaitOutput("Tell");
            session.type("\r");
            UpstreamRequest request = upstream.awaitRequest();
            Patience.await(half);
            // The client counts what has arrived.
            session.awaitOutput("tokens");

            session.type(ESC);

            request.awaitPeerClosed(Duration.ofSeconds(5));
            JsonNode recorded = proxy.recorded().awaitEnded();
            assertThat(recorded.get("outcome").asString()).isEqualTo("client_left");
            assertThat(recorded.get("sessionId").asString()).isEqualTo(ClaudeSession.SESSION_ID);
            assertThat(proxy.recorded()
                            .responseBody(recorded.get("id").asString())
                            .utf8())
                    .contains("zebra");
        }
    }
}
