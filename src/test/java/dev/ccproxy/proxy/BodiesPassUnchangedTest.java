package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.Compression;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies are bytes: whatever their encoding, framing and cut, they arrive as they left. */
class BodiesPassUnchangedTest {

    private static final Bytes STREAM = AnthropicScript.message("msg_01", "claude-x")
            .thinking("caf\u00e9 \ud83d\ude00")
            .text("a text that is long enough to be cut anywhere")
            .toolUse("toolu_1", "Bash", "{\"command\":\"echo \\\"hi\\\"\"}")
            .sse();

    @ParameterizedTest
    @EnumSource(Compression.class)
    void compressedBodiesPassAsBytesBothWays(Compression compression) throws Exception {
        Bytes encoded = compression.encode(STREAM);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) ->
                        reply.whole("200 OK", encoded, "Content-Encoding: " + compression.coding()));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", encoded, "Content-Encoding: " + compression.coding());

            RawClient.Received answer = client.read();

            assertThat(answer.body()).isEqualTo(encoded);
            assertThat(answer.head().header("content-encoding")).isEqualTo(compression.coding());
            assertThat(upstream.awaitRequest().body()).isEqualTo(encoded);
            assertThat(upstream.awaitRequest().head().header("content-encoding"))
                    .isEqualTo(compression.coding());
        }
    }

    @Test
    void streamsPassUnderAnyCut() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<List<Bytes>> cuts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            cuts.add(cut(STREAM, random, 1 + random.nextInt(400)));
        }
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    for (Bytes piece : cuts.get(request.number() - 1)) {
                        reply.chunk(piece);
                    }
                    reply.lastChunk();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            for (int i = 0; i < cuts.size(); i++) {
                RawClient.Received answer = client.post("/v1/messages", "{}").read();

                assertThat(answer.body()).as("seed %d, cut %d", seed, i).isEqualTo(STREAM);
                assertThat(answer.ending()).isEqualTo(Ending.WHOLE);
            }
        }
    }

    @Test
    void requestsPassUnderAnyCut() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            for (int i = 0; i < 40; i++) {
                boolean chunked = random.nextBoolean();
                client.send(client.head(
                        "POST",
                        "/v1/messages",
                        chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + STREAM.length()));
                for (Bytes piece : cut(STREAM, random, 1 + random.nextInt(300))) {
                    client.send(chunked ? chunk(piece) : piece);
                }
                client.send(chunked ? "0\r\n\r\n" : "");
                client.read();

                assertThat(upstream.awaitRequests(i + 1).get(i).body())
                        .as("seed %d, request %d", seed, i)
                        .isEqualTo(STREAM);
            }
        }
    }

    @Test
    void everyByteValuePassesBothWays() throws Exception {
        byte[] random = new byte[300_000];
        new Random(7).nextBytes(random);
        Bytes body = Bytes.wrap(random);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.whole("200 OK", request.body()));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/files", body).read().body()).isEqualTo(body);
            assertThat(upstream.awaitRequest().body()).isEqualTo(body);
        }
    }

    @Test
    void aBodyThatEndsWithItsConnectionArrivesWhole() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.head("200 OK", "Content-Type: text/event-stream", "Connection: close")
                            .raw(STREAM);
                    reply.close();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.body()).isEqualTo(STREAM);
            assertThat(answer.ending()).isEqualTo(Ending.WHOLE);
        }
    }

    @Test
    void anHttp10ClientGetsTheBodyUntilTheConnectionCloses() throws Exception {
        CountDownLatch headSeen = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) ->
                        reply.stream().pauseUntil(headSeen).chunk(STREAM).lastChunk());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send("GET /v1/messages HTTP/1.0\r\nHost: localhost\r\n\r\n");
            MessageHead head = client.readHead();
            headSeen.countDown();

            assertThat(head.headers().contains("transfer-encoding")).isFalse();
            assertThat(client.readBody(head, "GET").body()).isEqualTo(STREAM);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void answersThatHaveNoBodyStayWithoutOne(String status) throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.head(status, "ETag: \"x\"", "X-A: 1"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                RawClient.Received answer = client.get("/v1/models").read("GET");

                assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 " + status);
                assertThat(answer.head().lines()).containsExactly("ETag: \"x\"", "X-A: 1");
            }
        }
    }

    @Test
    void anEmptyBodyStaysEmpty() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.head("200 OK", "Content-Length: 0", "X-A: 1"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                RawClient.Received answer = client.get("/v1/models").read("GET");

                assertThat(answer.head().lines()).containsExactly("Content-Length: 0", "X-A: 1");
                assertThat(answer.body().isEmpty()).isTrue();
            }
        }
    }

    @Test
    void headKeepsTheLengthOfTheBodyItDoesNotSend() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.head("200 OK", "Content-Length: 12345", "Content-Type: a/b"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                client.send(client.head("HEAD", "/v1/files/1/content", "Accept: */*"));
                assertThat(client.read("HEAD").head().lines())
                        .containsExactly("Content-Length: 12345", "Content-Type: a/b");
            }
            assertThat(upstream.awaitRequests(2).get(1).head().method()).isEqualTo("HEAD");
        }
    }

    @Test
    void aRequestWithoutABodyGetsNone() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.get("/v1/models").read("GET");
            client.send(client.head("DELETE", "/v1/files/1", "X-A: 1"));
            client.read("DELETE");

            assertThat(upstream.awaitRequests(2))
                    .allSatisfy(request -> assertThat(request.head().headers().lines())
                            .noneMatch(line -> line.is("content-length") || line.is("transfer-encoding")));
        }
    }

    @Test
    void trailersPassBothWays() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.head("200 OK", "Transfer-Encoding: chunked", "Trailer: X-Sum")
                                .chunk("body")
                                .lastChunk("X-Sum: 42"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.trailers().first("x-sum")).hasValue("42");
            assertThat(answer.text()).isEqualTo("body");
        }
    }

    @Test
    void earlyHintsReachTheClientBeforeTheAnswer() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.head("103 Early Hints", "Link: </style.css>; rel=preload");
                    reply.json("200 OK", "{}");
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.get("/v1/models");

            MessageHead hints = client.readHead();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.lines()).containsExactly("Link: </style.css>; rel=preload");
            assertThat(client.read("GET").head().status()).isEqualTo(200);
        }
    }

    private static List<Bytes> cut(Bytes whole, Random random, int atMost) {
        List<Bytes> pieces = new ArrayList<>();
        int from = 0;
        while (from < whole.length()) {
            int to = Math.min(whole.length(), from + 1 + random.nextInt(atMost));
            pieces.add(whole.slice(from, to));
            from = to;
        }
        return pieces;
    }

    private static Bytes chunk(Bytes piece) throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.writeBytes(
                (Integer.toHexString(piece.length()) + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.writeBytes(piece.toByteArray());
        out.writeBytes(new byte[] {'\r', '\n'});
        return Bytes.wrap(out.toByteArray());
    }
}
