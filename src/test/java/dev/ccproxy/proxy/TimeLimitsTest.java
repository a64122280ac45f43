package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.LoggedLines;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Each limit ends an exchange with an outcome and a sentence of its own. The limits on the response head and on uploads
 * stand in {@link UpstreamBreaksTest}, those on clients that take nothing in {@link ClientLeavesTest}.
 */
class TimeLimitsTest {

    private static final Duration SOON = Duration.ofSeconds(6);

    @Test
    void anUpstreamThatDoesNotAcceptInTimeIsABadGateway() throws Exception {
        // Takes the connection and never answers the TLS handshake.
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        URI.create("https://127.0.0.1:" + silent.getLocalPort()),
                        "providers.anthropic.connect_timeout",
                        "300ms",
                        "providers.anthropic.max_retries",
                        "0");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.head().status()).isEqualTo(502);
            assertEnded(proxy, "upstream_timeout", "no connection within 300 ms");
        }
    }

    @Test
    void aStreamThatFallsSilentIsBrokenOff() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.stream().chunk("data: 1\n\n"));
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, "providers.anthropic.stream_silence_timeout", "300ms");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.head().status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("data: 1\n\n");
            assertThat(answer.ending()).isNotEqualTo(Ending.WHOLE);
            assertEnded(proxy, "upstream_timeout", "sent no byte of its answer for 300 ms");
            upstream.awaitRequest().awaitPeerClosed(SOON);
        }
    }

    @Test
    void aHeadThatStopsInTheMiddleIsAGatewayTimeout() throws Exception {
        try (LoggedLines failures = LoggedLines.of("dev.ccproxy.recording.ForwardFailure");
                FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Ha"));
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, "providers.anthropic.response_header_timeout", "300ms");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(504);
            assertEnded(proxy, "upstream_timeout", "sent no response head within 300 ms");
            assertThat(failures.await("ctx_err=")).contains("ctx_err=upstream_timeout", "body_bytes=2");
            upstream.awaitRequest().awaitPeerClosed(SOON);
        }
    }

    @Test
    void aStallInTheMiddleOfAChunkIsSilence() throws Exception {
        try (LoggedLines failures = LoggedLines.of("dev.ccproxy.recording.ForwardFailure");
                FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.stream().chunk("data: 1\n\n").raw("20\r\ndata: 2"));
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, "providers.anthropic.stream_silence_timeout", "300ms");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.text()).isEqualTo("data: 1\n\ndata: 2");
            assertThat(answer.ending()).isNotEqualTo(Ending.WHOLE);
            assertEnded(proxy, "upstream_timeout", "sent no byte of its answer for 300 ms");
            assertThat(failures.await("ctx_err=")).contains("ctx_err=upstream_timeout");
        }
    }

    @Test
    void aStreamThatKeepsComingIsNotSilent() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    for (int i = 0; i < 10; i++) {
                        reply.pause(Duration.ofMillis(400)).chunk("x");
                    }
                    reply.lastChunk();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "providers.anthropic.stream_silence_timeout", "3s");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().text()).isEqualTo("xxxxxxxxxx");
        }
    }

    @Test
    void anExchangeThatTakesTooLongInAllIsBrokenOff() throws Exception {
        // Long enough for the head to come first on a busy machine.
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream();
                    while (request.peerClosed().isEmpty()) {
                        reply.chunk("data: 1\n\n").pause(Duration.ofMillis(50));
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "providers.anthropic.total_timeout", "4s");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.ending()).isNotEqualTo(Ending.WHOLE);
            assertEnded(proxy, "upstream_timeout", "did not end the exchange within 4 s");
            upstream.awaitRequest().awaitPeerClosed(SOON);
        }
    }

    @Test
    void beforeTheHeadItIsAGatewayTimeout() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "providers.anthropic.total_timeout", "500ms");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(504);
            assertEnded(proxy, "upstream_timeout", "did not end the exchange within 500 ms");
        }
    }

    @Test
    void aClientThatStopsInItsUploadIsCutOff() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "server.timeouts.read", "300ms");
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 1000"));
            client.send("x".repeat(500));

            assertEnded(proxy, "client_left", "the client sent no byte of its request for 300 ms");
            upstream.awaitRequest().awaitPeerClosed(SOON);
        }
    }

    private static void assertEnded(ProxyUnderTest proxy, String outcome, String detail) {
        var summary = proxy.recorded().awaitEnded();
        assertThat(summary.get("outcome").asString()).isEqualTo(outcome);
        assertThat(proxy.recorded().detail(summary.get("id").asString()).toString())
                .contains(detail);
    }
}
