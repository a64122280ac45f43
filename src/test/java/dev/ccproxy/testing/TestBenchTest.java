package dev.ccproxy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.http.Bytes;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench measures others, so it is measured first: client, tap and upstream without a proxy between them. */
class TestBenchTest {

    @Test
    void everyByteOfARequestIsSeenWithItsHeadExactlyAsSent() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}", "X-Odd:  two blanks"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send("POST /v1/x?a=%2F HTTP/1.1\r\nhOsT: a\r\nX-B: 1\r\nx-b:2\r\nContent-Length: 3\r\n\r\nab");
            client.send("c");

            RawClient.Received answer = client.read();

            assertThat(answer.text()).isEqualTo("{}");
            assertThat(answer.head().lines())
                    .containsExactly("X-Odd:  two blanks", "Content-Type: application/json", "Content-Length: 2");
            UpstreamRequest request = upstream.awaitRequest();
            assertThat(request.head().target()).isEqualTo("/v1/x?a=%2F");
            assertThat(request.head().lines()).containsExactly("hOsT: a", "X-B: 1", "x-b:2", "Content-Length: 3");
            assertThat(request.body().utf8()).isEqualTo("abc");
        }
    }

    @Test
    void chunksAreToldApartFromABreak() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream().chunk("one");
                    switch (request.head().target()) {
                        case "/fin" -> reply.close();
                        case "/rst" -> reply.reset();
                        default -> reply.lastChunk("X-Sum: 1");
                    }
                });
                RawClient whole = RawClient.connect(upstream.port());
                RawClient fin = RawClient.connect(upstream.port());
                RawClient rst = RawClient.connect(upstream.port())) {
            RawClient.Received answer = whole.get("/whole").read();
            assertThat(answer.ending()).isEqualTo(Ending.WHOLE);
            assertThat(answer.trailers().first("x-sum")).hasValue("1");
            assertThat(fin.get("/fin").read().ending()).isEqualTo(Ending.FIN);
            MessageHead head = rst.get("/rst").readHead();
            assertThat(rst.readBody(head, "GET").ending()).isEqualTo(Ending.RST);
        }
    }

    @Test
    void aClientThatLeavesIsSeenWithItsWayOfLeaving() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.stream())) {
            RawClient fin = RawClient.connect(upstream.port());
            fin.get("/fin").readHead();
            fin.close();
            assertThat(upstream.awaitRequests(1).get(0).awaitPeerClosed(Duration.ofSeconds(5)))
                    .isEqualTo(Ending.FIN);

            RawClient rst = RawClient.connect(upstream.port());
            rst.get("/rst").readHead();
            rst.reset();
            assertThat(upstream.awaitRequests(2).get(1).awaitPeerClosed(Duration.ofSeconds(5)))
                    .isEqualTo(Ending.RST);
        }
    }

    @Test
    void theScriptMayBeginAtTheHead() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start(FakeUpstream.Begin.AT_HEAD, (request, reply) -> {
                    reply.json("413 Too Large", "{}");
                    answered.countDown();
                });
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(client.head("POST", "/early", "Content-Length: 4"));
            assertThat(client.read().head().status()).isEqualTo(413);
            Patience.await(answered);
            assertThat(upstream.awaitRequest().whole()).isFalse();
            client.send("late");
            assertThat(upstream.awaitRequest().body().utf8()).isEqualTo("late");
        }
    }

    @Test
    void aFailingScriptFailsTheTest() throws Exception {
        FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
            throw new IllegalStateException("scripted");
        });
        try (RawClient client = RawClient.connect(upstream.port())) {
            assertThat(client.get("/x").readToEnd()).isIn(Ending.FIN, Ending.RST);
        }
        assertThatThrownBy(upstream::close)
                .hasMessageContaining("script failed")
                .hasRootCauseMessage("scripted");
    }

    @Test
    void theTapKeepsBothDirectionsOfEveryExchange() throws Exception {
        AnthropicScript script = AnthropicScript.message("msg_01", "claude-x").text("café 😀 and more");
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> script.stream(reply));
                RawTap tap = RawTap.before(upstream.port());
                RawClient client = RawClient.connect(tap.port())) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.post("/v1/messages", "{\"n\":" + i + "}")
                                .read()
                                .body())
                        .isEqualTo(script.sse());
            }
            assertThat(tap.seen()).hasSize(2).allSatisfy(seen -> {
                assertThat(seen.request().head().target()).isEqualTo("/v1/messages");
                assertThat(seen.response().orElseThrow().body()).isEqualTo(script.sse());
                assertThat(seen.response().orElseThrow().ending()).isEqualTo(Ending.WHOLE);
            });
            assertThat(tap.seen().get(1).request().body().utf8()).isEqualTo("{\"n\":1}");
        }
    }

    @Test
    void theUpstreamSpeaksTlsUnderItsOwnName(@TempDir Path directory) throws Exception {
        TlsIdentity identity = TlsIdentity.create(directory);
        try (FakeUpstream upstream = FakeUpstream.startTls(identity, (request, reply) -> reply.json("200 OK", "{}"));
                Socket untrusting = SSLSocketFactory.getDefault().createSocket("127.0.0.1", upstream.port())) {
            assertThatThrownBy(((SSLSocket) untrusting)::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void bytesThatAreNotTextPassUnchanged() throws Exception {
        byte[] odd = new byte[256];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = (byte) i;
        }
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.whole("200 OK", request.body()));
                RawClient client = RawClient.connect(upstream.port())) {
            assertThat(client.post("/x", Bytes.wrap(odd)).read().body()).isEqualTo(Bytes.wrap(odd));
        }
    }
}
