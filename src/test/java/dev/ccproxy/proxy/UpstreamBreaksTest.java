package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A break of the upstream is a break for the client, never a clean end; before the head it is an answer of our own. */
class UpstreamBreaksTest {

    enum Break {
        FIN {
            @Override
            void from(Reply reply) throws IOException {
                reply.close();
            }
        },
        RST {
            @Override
            void from(Reply reply) throws IOException {
                reply.reset();
            }
        };

        abstract void from(Reply reply) throws IOException;
    }

    enum Cut {
        BETWEEN_CHUNKS("Transfer-Encoding: chunked", "3\r\nabc\r\n"),
        IN_A_CHUNK("Transfer-Encoding: chunked", "3\r\nabc\r\n10\r\nde"),
        IN_A_CHUNK_SIZE("Transfer-Encoding: chunked", "3\r\nabc\r\n1"),
        BEFORE_THE_LAST_LINE("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n"),
        BEFORE_ITS_LENGTH("Content-Length: 100", "abc"),
        BEFORE_THE_FIRST_BYTE("Content-Length: 100", "");

        private final String framing;
        private final String sent;

        Cut(String framing, String sent) {
            this.framing = framing;
            this.sent = sent;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOrderlyEndInTheMiddleIsABreak(Cut cut) throws Exception {
        assertBroken(cut, Break.FIN);
    }

    @ParameterizedTest
    @EnumSource
    void aResetInTheMiddleIsABreak(Cut cut) throws Exception {
        assertBroken(cut, Break.RST);
    }

    private static void assertBroken(Cut cut, Break how) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.head("200 OK", cut.framing).raw(cut.sent).pauseUntil(seen);
                    how.from(reply);
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            MessageHead head = client.post("/v1/messages", "{}").readHead();
            seen.countDown();

            RawClient.Received answer = client.readBody(head, "POST");

            assertThat(head.status()).isEqualTo(200);
            assertThat(answer.ending()).isNotEqualTo(Ending.WHOLE);
            // A reset may overtake what was sent before it, here as on any wire.
            if (how == Break.FIN) {
                assertThat(answer.text()).startsWith(cut.sent.contains("abc") ? "abc" : "");
            }
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("upstream_broke");
        }
    }

    @ParameterizedTest
    @EnumSource
    void beforeItsHeadItIsABadGateway(Break how) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> how.from(reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertBadGateway(proxy, answer);
            assertThat(upstream.requests())
                    .as("a paid request is never sent twice")
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Le",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "\u0015\u0003\u0001\u0000\u0002\u0002",
                "HTTP/1.1 two hundred\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A\u0000: 1\r\n\r\n"
            })
    void aHeadThatIsNotHttpIsABadGateway(String head) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.raw(head);
                    reply.close();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertBadGateway(proxy, client.post("/v1/messages", "{}").read());
        }
    }

    @Test
    void aRefusedConnectionIsABadGateway() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (ProxyUnderTest proxy = ProxyUnderTest.to(URI.create("http://127.0.0.1:" + port));
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertBadGateway(proxy, answer);
            assertThat(answer.text()).contains("connection refused");
        }
    }

    @Test
    void anUnknownHostIsABadGateway() throws Exception {
        try (ProxyUnderTest proxy = ProxyUnderTest.to(URI.create("http://no-such-host.invalid"));
                RawClient client = proxy.client()) {
            assertBadGateway(proxy, client.post("/v1/messages", "{}").read());
        }
    }

    @Test
    void anUpstreamThatStartsAgainIsUsedAgain() throws Exception {
        try (FakeUpstream first = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{\"n\":1}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(first);
                RawClient client = proxy.client()) {
            int port = first.port();
            assertThat(client.post("/v1/messages", "{}").read().text()).isEqualTo("{\"n\":1}");
            first.stop();
            Patience.untilPasses(() -> assertStatus(proxy, 502));
            try (FakeUpstream second =
                    FakeUpstream.startOn(port, (request, reply) -> reply.json("200 OK", "{\"n\":2}"))) {
                assertThat(assertStatus(proxy, 200).text()).isEqualTo("{\"n\":2}");
                assertThat(second.requests()).hasSize(1);
            }
        }
    }

    @Test
    void noHeadWithinTheLimitIsAGatewayTimeout() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, "providers.anthropic.response_header_timeout", "300ms");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.head().status()).isEqualTo(504);
            assertEnvelope(proxy, answer, "api_error", "upstream_timeout");
            upstream.awaitRequest().awaitPeerClosed(Duration.ofSeconds(3));
        }
    }

    @Test
    void anUploadThatIsNotTakenWithinTheLimitIsAGatewayTimeout() throws Exception {
        var notReading = new FakeUpstream.Options(FakeUpstream.Begin.AT_HEAD_WITHOUT_READING, Optional.empty(), 4096);
        try (FakeUpstream upstream = FakeUpstream.start(notReading, (request, reply) -> {});
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, "providers.anthropic.response_header_timeout", "300ms");
                RawClient client = proxy.client()) {
            Bytes body = Bytes.wrap(new byte[32 << 20]);
            Thread uploading = Thread.ofVirtual().start(() -> sendUntilItBreaks(client, body));

            RawClient.Received answer = client.read();

            assertThat(answer.head().status()).isEqualTo(504);
            assertThat(answer.text()).contains("took no byte of the request for 300 ms");
            assertEnvelope(proxy, answer, "api_error", "upstream_timeout");
            uploading.join();
        }
    }

    private static void sendUntilItBreaks(RawClient client, Bytes body) {
        try {
            client.post("/v1/files", body);
        } catch (IOException closed) {
            return;
        }
    }

    @Test
    void theHeadLimitBeginsWithTheLastByteOfTheRequest() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, "providers.anthropic.response_header_timeout", "300ms");
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 2"));
            client.expectSilence(Duration.ofMillis(700));
            client.send("{}");

            assertThat(client.read().head().status()).isEqualTo(200);
        }
    }

    @Test
    void aStreamMayBeSilentForLongerThanTheHeadLimit() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.stream()
                        .chunk("a")
                        .pause(Duration.ofMillis(900))
                        .chunk("b")
                        .lastChunk());
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, "providers.anthropic.response_header_timeout", "300ms");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().text()).isEqualTo("ab");
        }
    }

    private static RawClient.Received assertStatus(ProxyUnderTest proxy, int status) {
        try (RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();
            assertThat(answer.head().status()).isEqualTo(status);
            return answer;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static void assertBadGateway(ProxyUnderTest proxy, RawClient.Received answer) {
        assertThat(answer.head().status()).isEqualTo(502);
        assertEnvelope(proxy, answer, "api_error", "upstream_broke");
    }

    private static void assertEnvelope(ProxyUnderTest proxy, RawClient.Received answer, String type, String outcome) {
        assertThat(answer.ending()).isEqualTo(Ending.WHOLE);
        assertThat(answer.head().header("content-type")).isEqualTo("application/json");
        assertThat(answer.text()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"");
        var recorded = proxy.recorded().awaitEnded();
        assertThat(recorded.get("id").asString()).isEqualTo(answer.exchangeId());
        assertThat(recorded.get("outcome").asString()).isEqualTo(outcome);
        assertThat(recorded.get("status").asInt()).isEqualTo(answer.head().status());
    }
}
