package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    /** Of both ends; Linux gives twice as much as is asked for. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private static final long ENDS_HOLD = 2 * 2L * BUFFER_BYTES;

    /** What the proxy's own queues hold: 16 reads of 64 KB, and what a turn reads before it is told to stop. */
    private static final long QUEUES_HOLD = 2L << 20;

    /** What the proxy's socket to a client holds unread: twice what it asks for. */
    private static final long FRONT_HOLDS = 2 * 256L * 1024;

    /** What the proxy reads ahead of an upload that stands still, to see whether its client has left. */
    private static final long READ_AHEAD = 1L << 20;

    /** Longer than from one leap of reading ahead to the next that matters. */
    private static final Duration STILL = Duration.ofMillis(2500);

    @Test
    void aClientThatDoesNotReadStopsTheUpstream() throws Exception {
        long bound = ENDS_HOLD + mostUnread() + mostUnsent() + QUEUES_HOLD;
        int pieces = piecesFarBeyond(bound);
        AtomicLong pushed = new AtomicLong();
        var plain = new FakeUpstream.Options(FakeUpstream.Begin.AT_WHOLE_REQUEST, Optional.empty(), BUFFER_BYTES);
        try (FakeUpstream upstream = FakeUpstream.start(plain, (request, reply) -> {
                    reply.head("200 OK", "Content-Length: " + (long) pieces * PIECE.length());
                    for (int i = 0; i < pieces; i++) {
                        reply.raw(PIECE);
                        pushed.addAndGet(PIECE.length());
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = RawClient.connect(proxy.port(), BUFFER_BYTES)) {
            client.get("/v1/files/1/content");

            assertThat(Patience.untilStill(pushed::get)).isLessThan(bound);

            RawClient.Received answer = client.read("GET");
            assertThat(answer.body().length()).isEqualTo(pieces * PIECE.length());
            assertPieces(answer.body());
        }
    }

    @Test
    void anUpstreamThatDoesNotReadStopsTheClient() throws Exception {
        long bound = ENDS_HOLD + FRONT_HOLDS + mostUnsent() + QUEUES_HOLD + READ_AHEAD;
        int pieces = piecesFarBeyond(bound);
        AtomicLong pushed = new AtomicLong();
        var notReading =
                new FakeUpstream.Options(FakeUpstream.Begin.AT_HEAD_WITHOUT_READING, Optional.empty(), BUFFER_BYTES);
        try (FakeUpstream upstream = FakeUpstream.start(notReading, (request, reply) -> {
                    request.body();
                    reply.json("200 OK", "{}");
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = RawClient.connect(proxy.port(), BUFFER_BYTES)) {
            client.send(client.head("POST", "/v1/files", "Content-Length: " + (long) pieces * PIECE.length()));
            UpstreamRequest request = upstream.awaitRequest();
            Thread uploading = Thread.ofVirtual().start(() -> upload(client, pieces, pushed));

            assertThat(Patience.untilStill(pushed::get, STILL)).isLessThan(bound);

            request.startReading();
            assertThat(client.read().head().status()).isEqualTo(200);
            uploading.join();
            assertThat(request.body().length()).isEqualTo(pieces * PIECE.length());
            assertPieces(request.body());
        }
    }

    private static void upload(RawClient client, int pieces, AtomicLong pushed) {
        try {
            for (int i = 0; i < pieces; i++) {
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

    private static int piecesFarBeyond(long bound) {
        return (int) ((bound + (32L << 20)) / PIECE.length());
    }

    /** What Linux lets a socket of the proxy hold that was received and not read. */
    private static long mostUnread() throws IOException {
        return kernelLimit("tcp_rmem");
    }

    /** What Linux lets a socket of the proxy hold that was written and not received. */
    private static long mostUnsent() throws IOException {
        return kernelLimit("tcp_wmem");
    }

    private static long kernelLimit(String name) throws IOException {
        Path file = Path.of("/proc/sys/net/ipv4", name);
        assumeTrue(Files.exists(file), "only Linux tells what its sockets hold");
        long limit = Long.parseLong(Files.readAllLines(file).getFirst().split("\\s+", 3)[2]);
        assumeTrue(limit <= 128L << 20, "sockets hold too much here to see who stops");
        return limit;
    }

    private static Bytes piece() {
        byte[] random = new byte[64 * 1024];
        new Random(3).nextBytes(random);
        return Bytes.wrap(random);
    }
}
