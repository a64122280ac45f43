package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.LoggedLines;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.Reply;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What provably never reached the model is tried again, and what an operator names; a paid request never runs twice. */
class RetriesTest {

    private static final String STATUSES = "providers.anthropic.retry_statuses";
    private static final Bytes BODY = body();

    @Test
    void anUpstreamThatComesBackMeanwhileIsReached() throws Exception {
        int port = freePort();
        try (LoggedLines log = LoggedLines.of("dev.ccproxy.proxy.Repetition");
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        URI.create("http://127.0.0.1:" + port), "providers.anthropic.max_retries", "10");
                RawClient client = proxy.client()) {
            client.post("/v1/messages", BODY);
            log.await("failed=2");
            try (FakeUpstream upstream =
                    FakeUpstream.startOn(port, (request, reply) -> reply.json("200 OK", "{\"n\":1}"))) {
                assertThat(client.read().text()).isEqualTo("{\"n\":1}");
                assertThat(upstream.requests()).hasSize(1);
                assertThat(upstream.awaitRequest().body()).isEqualTo(BODY);
            }
            assertThat(detail(proxy))
                    .contains("try 1 failed (cannot reach anthropic")
                    .contains("try 2 failed")
                    .contains("connection refused");
        }
    }

    @Test
    void anUpstreamThatStaysAwayIsTriedSoOftenAndNoMore() throws Exception {
        try (ProxyUnderTest proxy = ProxyUnderTest.to(URI.create("http://127.0.0.1:" + freePort()));
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(502);
            assertThat(detail(proxy)).contains("try 3 failed").doesNotContain("try 4 failed");
        }
    }

    @Test
    void withoutRetriesTheFirstFailureIsTheLast() throws Exception {
        try (ProxyUnderTest proxy = ProxyUnderTest.to(
                        URI.create("http://127.0.0.1:" + freePort()), "providers.anthropic.max_retries", "0");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(502);
            assertThat(detail(proxy)).doesNotContain("again after");
        }
    }

    @Test
    void aConnectionThatClosesBeforeTheBodyBeginsIsReplaced() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        CountDownLatch replaced = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start(FakeUpstream.Begin.AT_HEAD, (request, reply) -> {
                    if (connections.incrementAndGet() == 1) {
                        reply.close();
                    } else {
                        replaced.countDown();
                        request.body();
                        reply.json("200 OK", "{}");
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 2"));
            Patience.await(replaced);
            client.send("{}");

            assertThat(client.read().head().status()).isEqualTo(200);
            assertThat(upstream.requests().getLast().body()).isEqualTo(Bytes.utf8("{}"));
            assertThat(detail(proxy)).contains("try 1 failed").contains("closed the connection");
        }
    }

    @Test
    void whatMayHaveReachedTheModelIsNotSentAgain() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.reset());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, STATUSES, "429,500,502,503,529");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", BODY).read().head().status()).isEqualTo(502);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"429 Too Many Requests", "529 Overloaded", "503 Service Unavailable"})
    void aConfiguredStatusIsTriedAgainWithTheSameBytes(String refusal) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> refuseFirst(1, refusal, request, reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, STATUSES, "429,503,529");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", BODY).read();

            assertThat(answer.head().status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"n\":2}");
            assertThat(upstream.requests()).hasSize(2);
            assertThat(upstream.requests())
                    .allSatisfy(request -> assertThat(request.body()).isEqualTo(BODY));
            assertThat(upstream.requests().getLast().head().lines())
                    .isEqualTo(upstream.requests().getFirst().head().lines());
            assertThat(detail(proxy))
                    .contains("try 1 failed (status " + refusal.substring(0, 3) + ", request-id req_1), again after");
        }
    }

    @Test
    void aBodyInChunksIsSentAgainToo() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> refuseFirst(1, "529 Overloaded", request, reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, STATUSES, "529");
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Transfer-Encoding: chunked"));
            client.send("3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");

            assertThat(client.read().head().status()).isEqualTo(200);
            assertThat(upstream.requests())
                    .allSatisfy(request -> assertThat(request.body()).isEqualTo(Bytes.utf8("abcdefg")));
        }
    }

    @Test
    void theLastAnswerIsPassedOnAsItIs() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> refuseFirst(9, "529 Overloaded", request, reply));
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, STATUSES, "529", "providers.anthropic.max_retries", "1");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.head().status()).isEqualTo(529);
            assertThat(answer.text()).isEqualTo("{\"refused\":2}");
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void whatIsNotToBeRetriedIsNot() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.json("529 Overloaded", "{}", "x-should-retry: false"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, STATUSES, "529");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(529);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aLongRetryAfterIsTheClientsToWait() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.json("429 Too Many Requests", "{}", "retry-after: 3600"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, STATUSES, "429");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();
            assertThat(answer.head().status()).isEqualTo(429);
            assertThat(answer.head().header("retry-after")).isEqualTo("3600");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void withoutTheSettingNoStatusIsTriedAgain() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> refuseFirst(1, "529 Overloaded", request, reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(529);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aBodyThatCannotBeHeldIsNotSentAgain() throws Exception {
        Bytes large = Bytes.wrap(new byte[2 << 20]);
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> refuseFirst(1, "529 Overloaded", request, reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        upstream,
                        STATUSES,
                        "529",
                        "storage.record.max_body_bytes",
                        "1MiB",
                        "storage.record.memory_bytes",
                        "1MiB");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", large).read().head().status())
                    .isEqualTo(529);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aClientThatLeavesMeanwhileEndsIt() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.json("529 Overloaded", "{}", "retry-after: 20"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, STATUSES, "529")) {
            try (RawClient client = proxy.client()) {
                client.post("/v1/messages", "{}");
                upstream.awaitRequest().awaitPeerClosed(Patience.DEFAULT);
            }
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("client_left");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    private static void refuseFirst(int times, String refusal, UpstreamRequest request, Reply reply)
            throws IOException {
        if (request.number() <= times) {
            reply.json(refusal, "{\"refused\":" + request.number() + "}", "request-id: req_" + request.number());
        } else {
            reply.json("200 OK", "{\"n\":" + request.number() + "}");
        }
    }

    private static String detail(ProxyUnderTest proxy) {
        String id = proxy.recorded().awaitEnded().get("id").asString();
        return proxy.recorded().detail(id).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    private static Bytes body() {
        byte[] random = new byte[300_000];
        new Random(11).nextBytes(random);
        return Bytes.wrap(random);
    }
}
