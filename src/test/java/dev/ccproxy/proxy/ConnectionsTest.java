package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.UpstreamRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Connections are kept on both sides while both want it, and what one side wants never reaches the other. */
class ConnectionsTest {

    @Test
    void bothSidesKeepTheirConnections() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.post("/v1/messages", "{}").read().head().status())
                        .isEqualTo(200);
            }
            assertThat(upstream.awaitRequests(10)).hasSize(10);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatWantsItsConnectionClosedGetsThatAndTheUpstreamKeepsItsOwn() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            // Each event loop has a pool of its own: more clients than loops are sure to share one.
            int clients = 3 * Runtime.getRuntime().availableProcessors();
            for (int i = 0; i < clients; i++) {
                try (RawClient client = proxy.client()) {
                    client.post("/v1/messages", "{}", "Connection: close").read();
                    assertThat(client.readToEnd()).isEqualTo(Ending.FIN);
                }
            }
            assertThat(upstream.requests())
                    .allSatisfy(request -> assertThat(request.head().headers().contains("connection"))
                            .isFalse());
            assertThat(upstream.connections()).isLessThan(clients);
        }
    }

    @Test
    void anUpstreamThatWantsItsConnectionClosedDoesNotCostTheClientItsOwn() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}", "Connection: close"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            for (int i = 1; i <= 3; i++) {
                RawClient.Received answer = client.post("/v1/messages", "{}").read();
                assertThat(answer.head().headers().contains("connection")).isFalse();
                assertThat(upstream.awaitRequests(i).getLast().connection()).isEqualTo(i);
            }
        }
    }

    @Test
    void aPooledConnectionThatTheUpstreamClosedIsNotUsedAgain() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.json("200 OK", "{}");
                    if (request.number() == 1) {
                        reply.halfClose();
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}").read();
            upstream.awaitRequest().awaitPeerClosed(Duration.ofSeconds(10));

            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(200);
            assertThat(upstream.awaitRequests(2).get(1).connection()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionWhoseAnswerWasCutOffIsNotUsedAgain() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    if (request.number() == 1) {
                        reply.stream().chunk("data: 1\n\n");
                    } else {
                        reply.json("200 OK", "{}");
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            RawClient leaving = proxy.client();
            leaving.post("/v1/messages", "{}").readUntil("data: 1");
            leaving.close();
            upstream.awaitRequest().awaitPeerClosed(Duration.ofSeconds(10));
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                try (RawClient client = proxy.client()) {
                    assertThat(client.post("/v1/messages", "{}").read().text()).isEqualTo("{}");
                }
            }
            assertThat(upstream.requests().stream()
                            .skip(1)
                            .map(UpstreamRequest::connection)
                            .toList())
                    .doesNotContain(1);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        CountDownLatch secondCame = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    String target = request.head().target();
                    if (target.equals("/v1/1")) {
                        // Whether the second is forwarded meanwhile or after, it may not overtake.
                        secondCame.await(200, java.util.concurrent.TimeUnit.MILLISECONDS);
                        reply.stream().chunk("slow ").chunk(request.body()).lastChunk();
                    } else {
                        secondCame.countDown();
                        reply.whole("200 OK", request.body(), "X-Target: " + target);
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 1; i <= 5; i++) {
                requests.append(client.head("POST", "/v1/" + i, "Content-Length: 1"))
                        .append(i);
            }
            client.send(requests.toString());

            assertThat(client.read().text()).isEqualTo("slow 1");
            for (int i = 2; i <= 5; i++) {
                RawClient.Received answer = client.read();
                assertThat(answer.text()).isEqualTo(Integer.toString(i));
                assertThat(answer.head().header("x-target")).isEqualTo("/v1/" + i);
            }
            assertThat(List.copyOf(proxy.recorded().awaitEnded(5)))
                    .allSatisfy(exchange ->
                            assertThat(exchange.get("outcome").asString()).isEqualTo("completed"));
        }
    }

    @Test
    void continueIsAnsweredHereAndNotForwarded() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.whole("200 OK", request.body(), "X-A: 1"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 4", "Expect: 100-continue"));
            assertThat(client.readHead().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            client.send("body");

            RawClient.Received answer = client.read();
            assertThat(answer.head().lines()).containsExactly("X-A: 1", "Content-Length: 4");
            assertThat(answer.text()).isEqualTo("body");
            assertThat(upstream.awaitRequest().head().headers().contains("expect"))
                    .isFalse();
        }
    }

    @Test
    void aContinueOfTheUpstreamIsNotTakenForItsAnswer() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.head("100 Continue");
                    reply.json("200 OK", "{}");
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(200);
        }
    }
}
