package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing waits for more: each side goes on only after the other has seen its last byte, so that a proxy which holds one
 * back stops both for good.
 */
class FlushedAtOnceTest {

    @Test
    void theHeadIsThereBeforeTheFirstByteOfTheBody() throws Exception {
        CountDownLatch headSeen = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) ->
                        reply.stream().pauseUntil(headSeen).chunk("first").lastChunk());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            MessageHead head = client.post("/v1/messages", "{}").readHead();
            headSeen.countDown();

            assertThat(client.readBody(head, "POST").text()).isEqualTo("first");
        }
    }

    @Test
    void theHeadOfAnAnswerWithALengthIsThereBeforeItsBody() throws Exception {
        CountDownLatch headSeen = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.head("200 OK", "Content-Length: 5")
                        .pauseUntil(headSeen)
                        .raw("first"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            MessageHead head = client.post("/v1/messages", "{}").readHead();
            headSeen.countDown();

            assertThat(client.readBody(head, "POST").text()).isEqualTo("first");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 17, 10_000})
    void everyPieceOfAStreamIsThereBeforeTheNextIsSent(int pieceLength) throws Exception {
        String stream = AnthropicScript.message("msg_01", "claude-x")
                .text("half an event is enough to be shown")
                .sse()
                .utf8();
        List<String> pieces = pieces(stream.substring(0, 400), pieceLength);
        Semaphore seen = new Semaphore(0);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    for (String piece : pieces) {
                        reply.chunk(piece);
                        seen.acquire();
                    }
                    reply.lastChunk();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}").readHead();
            for (String piece : pieces) {
                client.readUntil(piece + "\r\n");
                seen.release();
            }
            client.readUntil("0\r\n\r\n");
        }
    }

    @Test
    void anUploadReachesTheUpstreamBeforeItIsComplete() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 6"));
            UpstreamRequest request = upstream.awaitRequest();
            assertThat(request.received().isEmpty()).isTrue();
            client.send("a");
            request.awaitReceived(1);
            client.send("bcd");
            request.awaitReceived(4);
            assertThat(request.whole()).isFalse();
            client.send("ef");

            assertThat(client.read().head().status()).isEqualTo(200);
            assertThat(request.body().utf8()).isEqualTo("abcdef");
        }
    }

    @Test
    void anUploadInChunksReachesTheUpstreamBeforeItIsComplete() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Transfer-Encoding: chunked"));
            UpstreamRequest request = upstream.awaitRequest();
            client.send("1\r\na\r\n");
            request.awaitReceived(1);
            client.send("2\r\nbc\r\n");
            request.awaitReceived(3);
            client.send("0\r\n\r\n");

            assertThat(client.read().head().status()).isEqualTo(200);
            assertThat(request.body().utf8()).isEqualTo("abc");
        }
    }

    @Test
    void bothDirectionsRunAtTheSameTime() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start(FakeUpstream.Begin.AT_HEAD, (request, reply) -> {
                    reply.stream();
                    for (int i = 1; i <= 5; i++) {
                        request.awaitReceived(i);
                        reply.chunk("<" + i + ">");
                    }
                    answered.countDown();
                    reply.lastChunk();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 5"));
            client.readHead();
            for (int i = 1; i <= 5; i++) {
                client.send("x");
                client.readUntil("<" + i + ">");
            }
            Patience.await(answered);
            client.readUntil("0\r\n\r\n");
        }
    }

    private static List<String> pieces(String whole, int length) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < whole.length(); from += length) {
            pieces.add(whole.substring(from, Math.min(whole.length(), from + length)));
        }
        return pieces;
    }
}
