package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that leaves cancels the upstream at once, whatever was going on: the generation stops, and so does its bill. */
class ClientLeavesTest {

    /** Far above the milliseconds it takes, far below anything a person would pay for. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    /** A client that does not read is only looked for once a second. */
    private static final Duration SOON = Duration.ofSeconds(6);

    private static final FakeUpstream.Options NOT_READING =
            new FakeUpstream.Options(FakeUpstream.Begin.AT_HEAD_WITHOUT_READING, Optional.empty(), 4096);

    enum Leaving {
        FIN {
            @Override
            void from(RawClient client) throws IOException {
                client.close();
            }
        },
        RST {
            @Override
            void from(RawClient client) throws IOException {
                client.reset();
            }
        };

        abstract void from(RawClient client) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void whileTheUpstreamIsSilentBeforeItsHead(Leaving leaving) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}");
            UpstreamRequest request = upstream.awaitRequest();
            request.body();

            leaving.from(client);

            request.awaitPeerClosed(AT_ONCE);
            assertClientLeft(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inASilentStream(Leaving leaving) throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.stream().chunk("data: 1\n\n"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}").readUntil("data: 1");

            leaving.from(client);

            upstream.awaitRequest().awaitPeerClosed(AT_ONCE);
            assertClientLeft(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inABusyStream(Leaving leaving) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    while (request.peerClosed().isEmpty()) {
                        reply.chunk("data: 1\n\n".repeat(200));
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}").readUntil("data: 1");

            leaving.from(client);

            upstream.awaitRequest().awaitPeerClosed(AT_ONCE);
            assertClientLeft(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inAStreamThatItDoesNotRead(Leaving leaving) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    while (request.peerClosed().isEmpty()) {
                        reply.chunk("x".repeat(8192));
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = RawClient.connect(proxy.port(), 4096)) {
            client.post("/v1/messages", "{}").readUntil("xxx");

            leaving.from(client);

            upstream.awaitRequest().awaitPeerClosed(SOON);
            assertClientLeft(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inTheMiddleOfItsUpload(Leaving leaving) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 1000"));
            client.send("x".repeat(500));
            UpstreamRequest request = upstream.awaitRequest();
            request.awaitReceived(500);

            leaving.from(client);

            request.awaitPeerClosed(AT_ONCE);
            assertThat(request.whole()).isFalse();
            assertClientLeft(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterASmallUploadThatTheUpstreamDoesNotTake(Leaving leaving) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(NOT_READING, (request, reply) -> {});
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "x".repeat(100_000));
            UpstreamRequest request = upstream.awaitRequest();

            leaving.from(client);

            assertClientLeft(proxy);
            request.startReading();
            request.awaitPeerClosed(AT_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inALargeUploadThatTheUpstreamDoesNotTake(Leaving leaving) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(NOT_READING, (request, reply) -> {});
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = RawClient.connect(proxy.port(), 64 * 1024)) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 100000000"));
            UpstreamRequest request = upstream.awaitRequest();
            Thread uploading = Thread.ofVirtual().start(() -> sendUntilItBreaks(client));
            uploading.join(Duration.ofMillis(300));

            leaving.from(client);

            assertClientLeft(proxy);
            request.startReading();
            request.awaitPeerClosed(AT_ONCE);
            uploading.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileTheProxyConnects(Leaving leaving) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        // Takes the connection and never answers the TLS handshake.
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> acceptAndAwaitEnd(silent, connected, closed));
            URI upstream = URI.create("https://127.0.0.1:" + silent.getLocalPort());
            try (ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "providers.anthropic.connect_timeout", "3s");
                    RawClient client = proxy.client()) {
                client.post("/v1/messages", "{}");
                connected.await();

                leaving.from(client);

                assertClientLeft(proxy);
                assertThat(closed.await(SOON.toMillis(), TimeUnit.MILLISECONDS))
                        .as("the attempt to connect ends")
                        .isTrue();
            }
        }
    }

    @Test
    void aClientThatOnlyEndsItsSideHasLeft() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}");
            UpstreamRequest request = upstream.awaitRequest();

            client.halfClose();

            request.awaitPeerClosed(AT_ONCE);
            assertClientLeft(proxy);
        }
    }

    @Test
    void aClientThatTakesNoByteOfAStreamIsCutOff() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    while (request.peerClosed().isEmpty()) {
                        reply.chunk("x".repeat(8192));
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "server.timeouts.write", "300ms");
                RawClient client = RawClient.connect(proxy.port(), 4096)) {
            client.post("/v1/messages", "{}");

            assertCutOff(proxy, client);
            upstream.awaitRequest().awaitPeerClosed(AT_ONCE);
        }
    }

    @Test
    void aClientThatDoesNotTakeTheEndOfItsAnswerIsCutOff() throws Exception {
        Bytes body = Bytes.wrap(new byte[8 << 20]);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.whole("200 OK", body));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "server.timeouts.write", "300ms");
                RawClient client = RawClient.connect(proxy.port(), 4096)) {
            client.post("/v1/messages", "{}");

            assertCutOff(proxy, client);
        }
    }

    /** A client that does not read learns of it when it sends. */
    private static void assertCutOff(ProxyUnderTest proxy, RawClient client) {
        var recorded = proxy.recorded().awaitEnded();
        assertThat(recorded.get("outcome").asString()).isEqualTo("client_left");
        assertThat(proxy.recorded().detail(recorded.get("id").asString()).toString())
                .contains("accepted no byte of the answer for 300 ms");
        Patience.untilPasses(() -> assertThatThrownBy(() -> client.send("\r\n")).isInstanceOf(IOException.class));
    }

    @Test
    void otherExchangesOfTheSameUpstreamGoOn() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream().chunk("data: 1\n\n");
                    if (request.head().target().equals("/v1/stays")) {
                        reply.pauseUntil(left).chunk("data: 2\n\n").lastChunk();
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient stays = proxy.client()) {
            stays.post("/v1/stays", "{}").readUntil("data: 1");
            for (int i = 0; i < 20; i++) {
                RawClient leaves = proxy.client();
                leaves.post("/v1/leaves", "{}").readUntil("data: 1");
                leaves.reset();
            }
            for (UpstreamRequest request : upstream.awaitRequests(21)) {
                if (request.head().target().equals("/v1/leaves")) {
                    request.awaitPeerClosed(AT_ONCE);
                }
            }
            left.countDown();

            stays.readUntil("data: 2");
            stays.readUntil("0\r\n\r\n");
        }
    }

    private static void assertClientLeft(ProxyUnderTest proxy) {
        assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("client_left");
    }

    private static void sendUntilItBreaks(RawClient client) {
        Bytes piece = Bytes.utf8("x".repeat(64 * 1024));
        try {
            while (!Thread.interrupted()) {
                client.send(piece);
            }
        } catch (IOException left) {
            return;
        }
    }

    private static void acceptAndAwaitEnd(ServerSocket listener, CountDownLatch connected, CountDownLatch closed) {
        try (Socket socket = listener.accept();
                InputStream in = socket.getInputStream()) {
            connected.countDown();
            byte[] ignored = new byte[8192];
            int length = 0;
            while (length >= 0) {
                length = in.read(ignored);
            }
        } catch (IOException broken) {
            return;
        } finally {
            closed.countDown();
        }
    }
}
