package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The slower side sets the pace: what the faster one can get rid of is what the sockets hold and little more, however
 * much there is. Measured in bytes that the sender could push before it was stopped.
 */
class BackPressureTest {

    private static final Bytes PIECE = piece();
    private static final int PIECES = 1100;
    private static final long WHOLE = (long) PIECES * PIECE.length();

    /** Linux lets a connection hold 4 MB unsent and, where it is told so, 32 MB unread; there are two on the way. */
    private static final long SOCKETS_HOLD = 48L << 20;

    /** What the proxy reads ahead of an upload that stands still, to see whether its client has left. */
    private static final long READ_AHEAD = 15L << 20;

    @Test
    void aClientThatDoesNotReadStopsTheUpstream() throws Exception {
        AtomicLong pushed = new AtomicLong();
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.head("200 OK", "Content-Length: " + WHOLE);
                    for (int i = 0; i < PIECES; i++) {
                        reply.raw(PIECE);
                        pushed.addAndGet(PIECE.length());
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = RawClient.connect(proxy.port(), 64 * 1024)) {
            client.get("/v1/files/1/content");

            assertThat(Patience.untilStill(pushed::get)).isLessThan(SOCKETS_HOLD);

            RawClient.Received answer = client.read("GET");
            assertThat(answer.body().length()).isEqualTo((int) WHOLE);
            assertPieces(answer.body());
        }
    }

    @Test
    void anUpstreamThatDoesNotReadStopsTheClient() throws Exception {
        AtomicLong pushed = new AtomicLong();
        var notReading =
                new FakeUpstream.Options(FakeUpstream.Begin.AT_HEAD_WITHOUT_READING, Optional.empty(), 64 * 1024);
        try (FakeUpstream upstream = FakeUpstream.start(notReading, (request, reply) -> {
                    request.body();
                    reply.json("200 OK", "{}");
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/files", "Content-Length: " + WHOLE));
            UpstreamRequest request = upstream.awaitRequest();
            Thread uploading = Thread.ofVirtual().start(() -> upload(client, pushed));

            assertThat(Patience.untilStill(pushed::get)).isLessThan(SOCKETS_HOLD + READ_AHEAD);

            request.startReading();
            assertThat(client.read().head().status()).isEqualTo(200);
            uploading.join();
            assertThat(request.body().length()).isEqualTo((int) WHOLE);
            assertPieces(request.body());
        }
    }

    private static void upload(RawClient client, AtomicLong pushed) {
        try {
            for (int i = 0; i < PIECES; i++) {
                client.send(PIECE);
                pushed.addAndGet(PIECE.length());
            }
        } catch (IOException broken) {
            pushed.set(Long.MAX_VALUE);
        }
    }

    private static void assertPieces(Bytes body) {
        for (int at = 0; at < body.length(); at += PIECE.length()) {
            assertThat(body.slice(at, at + PIECE.length()))
                    .as("from byte %d", at)
                    .isEqualTo(PIECE);
        }
    }

    private static Bytes piece() {
        byte[] random = new byte[64 * 1024];
        new Random(3).nextBytes(random);
        return Bytes.wrap(random);
    }
}
