package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy refuses itself, in the model API's own envelope, and of which the upstream gets nothing. */
class RefusedRequestsTest {

    private static final int LIMIT_BYTES = 1000;

    private FakeUpstream upstream;
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
        proxy = ProxyUnderTest.to(upstream, "server.max_body_bytes", Integer.toString(LIMIT_BYTES));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @Test
    void aBodyUpToTheLimitPasses() throws Exception {
        try (RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "x".repeat(LIMIT_BYTES))
                            .read()
                            .head()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aBodyThatDeclaresMoreThanTheLimitIsRefusedBeforeItIsSent() throws Exception {
        try (RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: " + (LIMIT_BYTES + 1)));

            assertTooLarge(client.read());
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void aBodyInChunksIsRefusedWhenItPassesTheLimit() throws Exception {
        try (RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Transfer-Encoding: chunked"));
            client.send("3e8\r\n" + "x".repeat(LIMIT_BYTES) + "\r\n");
            upstream.awaitRequest().awaitReceived(LIMIT_BYTES);
            client.send("1\r\nx\r\n");

            assertTooLarge(client.read());
            upstream.awaitRequest().awaitPeerClosed(Duration.ofSeconds(10));
            assertThat(upstream.awaitRequest().whole()).isFalse();
        }
    }

    @Test
    void aClientThatIsStillSendingGetsItsRefusalWhole() throws Exception {
        try (RawClient client = proxy.client()) {
            client.post("/v1/messages", "x".repeat(3_000_000));

            assertTooLarge(client.read());
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(200);
        }
    }

    @Test
    void anUpgradeIsRefused() throws Exception {
        try (RawClient client = proxy.client()) {
            client.get("/v1/messages", "Connection: Upgrade", "Upgrade: websocket");

            assertRefused(client.read("GET"), 403, "permission_error");
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.anthropic.com:443", "/v1/messages"})
    void aTunnelIsRefused(String target) throws Exception {
        try (RawClient client = proxy.client()) {
            client.send("CONNECT " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertRefused(client.read("GET"), 403, "permission_error");
            assertThat(client.readToEnd()).isEqualTo(Ending.FIN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"attacker.example", "attacker.example:3001", "127.0.0.1.attacker.example", "", "[::1"})
    void aNameThatIsNotOursIsRefused(String host) throws Exception {
        try (RawClient client = proxy.client()) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 2\r\n\r\n{}");

            assertRefused(client.read(), 421, "invalid_request_error");
        }
    }

    @Test
    void aRequestTargetWithAHostIsRefused() throws Exception {
        try (RawClient client = proxy.client()) {
            client.send("GET http://127.0.0.1/v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

            assertRefused(client.read("GET"), 421, "invalid_request_error");
        }
    }

    private static void assertTooLarge(RawClient.Received answer) {
        assertThat(answer.head().status()).isEqualTo(413);
        assertThat(answer.exchangeId()).isNotEmpty();
        assertEnvelope(answer, "request_too_large");
    }

    private void assertRefused(RawClient.Received answer, int status, String type) {
        assertThat(answer.head().status()).isEqualTo(status);
        assertEnvelope(answer, type);
        assertThat(upstream.requests()).isEmpty();
    }

    private static void assertEnvelope(RawClient.Received answer, String type) {
        assertThat(answer.ending()).isEqualTo(Ending.WHOLE);
        assertThat(answer.text()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"");
    }
}
