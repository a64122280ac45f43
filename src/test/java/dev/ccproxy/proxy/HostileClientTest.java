package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What a client may send that none does. What is HTTP passes and is recorded as it is, whatever its body says; the rest is
 * refused, and costs others nothing. Leaving at each stage: {@link ClientLeavesTest}; malformed heads: the server's tests.
 */
class HostileClientTest {

    private FakeUpstream upstream;
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
        proxy = ProxyUnderTest.to(upstream, "server.timeouts.read", "1s", "server.timeouts.idle", "1s");
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    static Stream<Bytes> bodies() {
        return Stream.of(
                        "{\"model\":",
                        "not json at all",
                        "{\"model\":\"a\",\"model\":\"b\",\"stream\":true,\"stream\":false}",
                        "{\"a\":".repeat(100_000),
                        "[".repeat(1_000_000),
                        "{\"messages\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}",
                        "{\"model\":\"\\u0000\",\"__proto__\":{\"admin\":true},\"constructor\":{\"prototype\":1}}",
                        "\u0000\u0000\u0000",
                        "{\"metadata\":{\"user_id\":\"" + "{\\\"session_id\\\":".repeat(10_000) + "\"}}",
                        "{\"max_tokens\":" + "9".repeat(100_000) + "}",
                        "\u00ff\u00fe{\u00c3(}")
                .map(text -> Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whateverTheBodySaysItPassesAndIsKept(Bytes body) throws Exception {
        try (RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", body).read().head().status()).isEqualTo(200);

            assertThat(upstream.awaitRequest().body()).isEqualTo(body);
            assertThat(recordedBody()).isEqualTo(body);
        }
    }

    @Test
    void thirtyTwoMebibytesPassAndAreKept() throws Exception {
        byte[] noise = new byte[32 << 20];
        new Random(32).nextBytes(noise);
        Bytes body = Bytes.wrap(noise);
        try (RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", body).read().head().status()).isEqualTo(200);

            assertThat(upstream.awaitRequest().body()).isEqualTo(body);
            assertThat(recordedBody()).isEqualTo(body);
        }
    }

    @Test
    void whatIsSentBehindTheLengthIsNoPartOfTheBody() throws Exception {
        try (RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 2") + "{}and more\r\n\r\n");

            assertThat(client.read().head().status()).isEqualTo(200);
            assertThat(client.read().head().status())
                    .as("the rest is no request")
                    .isEqualTo(400);
            client.readToEnd();
            assertThat(upstream.awaitRequest().body()).isEqualTo(Bytes.utf8("{}"));
            assertThat(recordedBody()).isEqualTo(Bytes.utf8("{}"));
        }
    }

    @Test
    void aBodyThatStaysShortOfItsLengthEndsTheExchange() throws Exception {
        try (RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 1000") + "{\"half\"");

            client.readToEnd();
            JsonNode exchange = proxy.recorded().awaitEnded();
            assertThat(exchange.get("outcome").asString()).isEqualTo("client_left");
            assertThat(recordedBody()).isEqualTo(Bytes.utf8("{\"half\""));
        }
    }

    @Test
    void aHeadThatComesTooSlowlyIsNotWaitedForForEver() throws Exception {
        try (RawClient slow = proxy.client()) {
            slow.send("POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1:" + proxy.port() + "\r\n");
            Thread trickle = Thread.ofVirtual().start(() -> trickle(slow));

            slow.readToEnd();

            trickle.join();
            assertThat(upstream.requests()).isEmpty();
            assertServed();
        }
    }

    private static void trickle(RawClient client) {
        try {
            for (int i = 0; i < 600; i++) {
                client.send("X-Slow-" + i + ": 1\r\n");
                Thread.sleep(50);
            }
        } catch (IOException closed) {
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aHeadOfAHundredMegabytesIsRefused() throws Exception {
        String line = "X-Endless: " + "e".repeat(64 * 1024) + "\r\n";
        try (RawClient client = proxy.client()) {
            int sent = 0;
            try {
                client.send("POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1:" + proxy.port() + "\r\n");
                while (sent < 100_000_000) {
                    client.send(line);
                    sent += line.length();
                }
            } catch (SocketException refused) {
                assertThat(sent).isLessThan(100_000_000);
            }
            assertThat(upstream.requests()).isEmpty();
            assertServed();
        }
    }

    private void assertServed() throws IOException {
        try (RawClient other = proxy.client()) {
            assertThat(other.post("/v1/messages", "{}").read().head().status()).isEqualTo(200);
        }
    }

    private Bytes recordedBody() {
        return proxy.recorded()
                .requestBody(proxy.recorded().awaitEnded().get("id").asString());
    }
}
