package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.LoggedLines;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What an upstream may send that no API does: what the client gets of it, how the exchange ends, what the log says, and
 * what is recorded. Refusals, resets and cuts: {@link UpstreamBreaksTest}.
 */
class HostileUpstreamTest {

    private static final String EVENT = "event: ping\ndata: {\"type\":\"ping\"}\n\n";

    private final LoggedLines failures = LoggedLines.of("dev.ccproxy.recording.ForwardFailure");

    @AfterEach
    void detach() {
        failures.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nab\r\n", "-1\r\n\r\n", "3\r\nabcdef\r\n", "ffffffffffffffffff\r\n", "3;\n\nabc"})
    void badChunksAreABreak(String broken) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        FakeUpstream.Script script =
                (request, reply) -> reply.stream().chunk(EVENT).pauseUntil(seen).raw(broken);
        try (FakeUpstream upstream = FakeUpstream.start(script);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            var head = client.post("/v1/messages", "{}").readHead();
            seen.countDown();
            RawClient.Received answer = client.readBody(head, "POST");

            assertThat(answer.ending()).isNotEqualTo(Ending.WHOLE);
            assertThat(answer.text()).startsWith(EVENT);
            assertThat(ended(proxy, "upstream_broke").get("status").asInt()).isEqualTo(200);
            assertThat(failures.await("request_id=")).contains("body_bytes=2", "ctx_err=-");
        }
    }

    @Test
    void aHeadWithoutEndIsABadGateway() throws Exception {
        String line = "X-Endless: " + "e".repeat(64 * 1024) + "\r\n";
        FakeUpstream.Script script = (request, reply) -> {
            reply.raw("HTTP/1.1 200 OK\r\n");
            for (int sent = 0; sent < 100_000_000; sent += line.length()) {
                reply.raw(line);
            }
        };
        try (FakeUpstream upstream = FakeUpstream.start(script);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.head().status()).isEqualTo(502);
            assertThat(answer.text()).contains("\"api_error\"");
            upstream.awaitRequest().awaitPeerClosed(Duration.ofSeconds(10));
            assertThat(ended(proxy, "upstream_broke").get("id").asString()).isEqualTo(answer.exchangeId());
            assertThat(failures.await("was not carried")).startsWith("WARN POST /v1/messages");
        }
    }

    @Test
    void moreThanTheLengthIsNoPartOfThisOrTheNextAnswer() throws Exception {
        FakeUpstream.Script script = (request, reply) -> reply.raw(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc" + "HTTP/1.1 200 OK\r\nX-Smuggled: 1\r\n\r\n");
        try (FakeUpstream upstream = FakeUpstream.start(script);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                RawClient.Received answer = client.post("/v1/messages", "{}").read();
                assertThat(answer.text()).isEqualTo("abc");
                assertThat(answer.head().headers().contains("x-smuggled")).isFalse();
            }
            assertThat(proxy.recorded().awaitEnded(2)).allSatisfy(HostileUpstreamTest::assertCompleted);
        }
    }

    @Test
    void whatIsNoGzipPassesAndIsKeptAsItCame() throws Exception {
        Bytes body = Bytes.utf8("\u001f\u008b and then nothing that could be gzip");
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.whole("200 OK", body, "Content-Encoding: gzip"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().body()).isEqualTo(body);

            JsonNode exchange = ended(proxy, "completed");
            assertThat(state(proxy, exchange)).isEqualTo("raw");
            assertThat(proxy.recorded().responseBody(exchange.get("id").asString()))
                    .isEqualTo(body);
        }
    }

    @Test
    void ofAGzipBombNoMoreThanItsBytesIsHeld() throws Exception {
        Bytes bomb = gzipOfZeros(200 << 20);
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.whole("200 OK", bomb, "Content-Encoding: gzip"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().body()).isEqualTo(bomb);

            JsonNode exchange = ended(proxy, "completed");
            assertThat(state(proxy, exchange)).isEqualTo("raw");
            assertThat(exchange.get("resBytes").asInt()).isEqualTo(bomb.length());
            assertThat(body(proxy, exchange)).isEqualTo(bomb);
            client.get("/livez");
            assertThat(client.read("GET").text()).as("nothing is lost").contains("\"state\":\"recording\"");
        }
    }

    private static Bytes gzipOfZeros(int length) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int written = 0; written < length; written += zeros.length) {
                gzip.write(zeros);
            }
        }
        return Bytes.wrap(packed.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "204 No Content", "304 Not Modified"})
    void anAnswerWithoutAByteIsWhole(String status) throws Exception {
        String length = status.startsWith("200") ? "Content-Length: 0" : "X-None: 1";
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.head(status, length));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 " + status);
            assertThat(answer.body().isEmpty()).isTrue();
            assertThat(ended(proxy, "completed").path("resBytes").asInt(0)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"529 Overloaded", "502 Bad Gateway", "500 Internal Server Error", "418 I am a teapot"})
    void anErrorPageIsAnUpstreamErrorAndKeptAsItIs(String status) throws Exception {
        Bytes page = Bytes.utf8("<html><body><h1>Straße gesperrt</h1></body></html>");
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.whole(status, page, "Content-Type: text/html; charset=utf-8"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 " + status);
            assertThat(answer.body()).isEqualTo(page);
            JsonNode exchange = ended(proxy, "upstream_error");
            assertThat(proxy.recorded().responseBody(exchange.get("id").asString()))
                    .isEqualTo(page);
            assertThat(failures.all()).as("it was forwarded").isEmpty();
        }
    }

    @Test
    void earlyHintsPassAndTheAnswerIsRecorded() throws Exception {
        FakeUpstream.Script script = (request, reply) -> {
            reply.head("103 Early Hints", "Link: </style.css>; rel=preload");
            reply.json("200 OK", "{}");
        };
        try (FakeUpstream upstream = FakeUpstream.start(script);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").readHead().status()).isEqualTo(103);
            assertThat(client.read().text()).isEqualTo("{}");
            assertThat(ended(proxy, "completed").get("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void aTrickleIsHandedOnByteByByte() throws Exception {
        String answer = EVENT + "data: end\n\n";
        FakeUpstream.Script script = (request, reply) -> {
            reply.stream();
            for (int i = 0; i < answer.length(); i++) {
                reply.chunk(answer.substring(i, i + 1)).pause(Duration.ofMillis(20));
            }
            reply.lastChunk();
        };
        try (FakeUpstream upstream = FakeUpstream.start(script);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received received = client.post("/v1/messages", "{}").read();

            assertThat(received.text()).isEqualTo(answer);
            assertThat(received.pieces()).hasSizeGreaterThan(answer.length() / 2);
            assertThat(body(proxy, ended(proxy, "completed"))).isEqualTo(Bytes.utf8(answer));
        }
    }

    @Test
    void anAnswerBeforeTheRequestIsReadPassesAndBothAreRecorded() throws Exception {
        FakeUpstream.Script script = (request, reply) -> reply.json("413 Too Large", "{\"early\":true}");
        try (FakeUpstream upstream = FakeUpstream.start(FakeUpstream.Begin.AT_HEAD, script);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: 10"));
            client.send("12345");
            assertThat(client.read().text()).isEqualTo("{\"early\":true}");
            client.send("67890");

            JsonNode exchange = ended(proxy, "upstream_error");
            assertThat(exchange.get("reqBytes").asInt()).isBetween(5, 10);
            assertThat(body(proxy, exchange)).isEqualTo(Bytes.utf8("{\"early\":true}"));
        }
    }

    @Test
    void bytesThatAreNoUtf8PassAndAreKept() throws Exception {
        Bytes wire =
                Bytes.wrap("data: {\"text\":\"\u00e9\u00ff\u0000\u00c3(\"}\n\n".getBytes(StandardCharsets.ISO_8859_1));
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.stream().chunk(wire).lastChunk());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().body()).isEqualTo(wire);
            assertThat(body(proxy, ended(proxy, "completed"))).isEqualTo(wire);
        }
    }

    @Test
    void aLineOfFiveMegabytesPassesAndIsKept() throws Exception {
        Bytes wire = Bytes.utf8("data: " + "5".repeat(5 << 20) + "\n\n" + EVENT);
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.stream().chunk(wire).lastChunk());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().body()).isEqualTo(wire);
            assertThat(body(proxy, ended(proxy, "completed"))).isEqualTo(wire);
        }
    }

    @Test
    void aHundredThousandEventsPassAndAreKept() throws Exception {
        Bytes some = Bytes.utf8(EVENT.repeat(100));
        FakeUpstream.Script script = (request, reply) -> {
            reply.stream();
            for (int i = 0; i < 1_000; i++) {
                reply.chunk(some);
            }
            reply.lastChunk();
        };
        try (FakeUpstream upstream = FakeUpstream.start(script);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            Bytes whole = Bytes.utf8(EVENT.repeat(100_000));
            assertThat(client.post("/v1/messages", "{}").read().body()).isEqualTo(whole);
            assertThat(body(proxy, ended(proxy, "completed"))).isEqualTo(whole);
        }
    }

    private static JsonNode ended(ProxyUnderTest proxy, String outcome) {
        JsonNode exchange = proxy.recorded().awaitEnded();
        assertThat(exchange.get("outcome").asString()).isEqualTo(outcome);
        return exchange;
    }

    private static void assertCompleted(JsonNode exchange) {
        assertThat(exchange.get("outcome").asString()).isEqualTo("completed");
    }

    private static Bytes body(ProxyUnderTest proxy, JsonNode exchange) {
        return proxy.recorded().responseBody(exchange.get("id").asString());
    }

    private static String state(ProxyUnderTest proxy, JsonNode exchange) {
        return proxy.recorded()
                .detail(exchange.get("id").asString())
                .at("/responseBody/state")
                .asString();
    }
}
