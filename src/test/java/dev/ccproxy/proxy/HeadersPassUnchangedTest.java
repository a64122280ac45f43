package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header lines, request targets and status lines are those of the other side, byte for byte. */
class HeadersPassUnchangedTest {

    @Test
    void requestHeadersKeepNameCaseOrderValuesAndRepetition() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send("""
                    POST /v1/messages?beta=true HTTP/1.1
                    Accept: application/json
                    Content-Type: application/json
                    User-Agent: claude-cli/2.1.330 (external, sdk-cli)
                    X-Stainless-Retry-Count: 0
                    x-B: 2
                    X-b: 1
                    x-B: 2
                    anthropic-beta: a-2025-01-01,b-2025-01-01
                    anthropic-version: 2023-06-01
                    x-api-key: sk-ant-secret
                    Authorization: Bearer token
                    X-Latin: caf\u00e9
                    X-Empty:
                    Connection: keep-alive
                    Host: localhost:3001
                    Accept-Encoding: gzip, deflate, br, zstd
                    Content-Length: 2

                    {}""".replace("\n", "\r\n"));
            client.read();

            assertThat(upstream.awaitRequest().head().lines())
                    .containsExactly(
                            "Accept: application/json",
                            "Content-Type: application/json",
                            "User-Agent: claude-cli/2.1.330 (external, sdk-cli)",
                            "X-Stainless-Retry-Count: 0",
                            "x-B: 2",
                            "X-b: 1",
                            "x-B: 2",
                            "anthropic-beta: a-2025-01-01,b-2025-01-01",
                            "anthropic-version: 2023-06-01",
                            "x-api-key: sk-ant-secret",
                            "Authorization: Bearer token",
                            "X-Latin: caf\u00e9",
                            "X-Empty: ",
                            "Host: 127.0.0.1:" + upstream.port(),
                            "Accept-Encoding: gzip, deflate, br, zstd",
                            "Content-Length: 2");
        }
    }

    @Test
    void responseHeadersKeepNameCaseOrderValuesAndRepetition() throws Exception {
        String[] lines = {
            "date: Mon, 23 Nov 2026 10:00:00 GMT",
            "Content-Type: application/json",
            "X-b: 1",
            "x-B: 2",
            "X-b: 1",
            "Set-Cookie: a=1; Path=/",
            "set-cookie: b=2",
            "request-id: req_011",
            "retry-after: 3",
            "anthropic-ratelimit-unified-5h-utilization: 0.25",
            "x-should-retry: false",
            "Server: cloudflare",
            "Via: 1.1 google",
            "X-Latin: caf\u00e9",
            "content-length: 2"
        };
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.head("200 OK", lines).raw("{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}");

            assertThat(client.read().head().lines()).containsExactly(lines);
        }
    }

    @Test
    void onlyHopByHopHeadersEndHere() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.head(
                        "200 OK",
                        "Connection: keep-alive, X-Nominated",
                        "Keep-Alive: timeout=60",
                        "X-Nominated: 1",
                        "Proxy-Authenticate: Basic",
                        "Trailer: X-Sum",
                        "Content-Length: 0"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post(
                    "/v1/messages",
                    "{}",
                    "Connection: keep-alive, X-Hop",
                    "X-Hop: 1",
                    "Keep-Alive: timeout=5",
                    "TE: trailers",
                    "Proxy-Connection: keep-alive",
                    "Proxy-Authorization: Basic x",
                    "anthropic-version: 2023-06-01");

            assertThat(client.read().head().lines())
                    .containsExactly("Proxy-Authenticate: Basic", "Trailer: X-Sum", "Content-Length: 0");
            assertThat(upstream.awaitRequest().head().lines())
                    .containsExactly(
                            "Host: 127.0.0.1:" + upstream.port(),
                            "Content-Length: 2",
                            "Proxy-Authorization: Basic x",
                            "anthropic-version: 2023-06-01");
        }
    }

    @Test
    void anthropicVersionIsAddedOnlyWhereAbsent() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "providers.anthropic.version", "2024-10-22");
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}").read();
            client.post("/v1/messages", "{}", "Anthropic-Version: 2023-01-01").read();

            assertThat(upstream.requests().get(0).head().lines()).endsWith("anthropic-version: 2024-10-22");
            assertThat(upstream.requests().get(1).head().lines()).endsWith("Anthropic-Version: 2023-01-01");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/messages?beta=true",
                "/v1/files/a%2Fb%2fc",
                "/v1//messages///x",
                "/v1/a/../b/./c",
                "/v1/x?q=%20+%zz&&=&a=b=c",
                "/v1/x?json={\"a\":[1,2]}|^`\\",
                "/v1/x?",
                "/v1?x=1",
                "/v1/x;p=1,2'()*!~$@:&=+"
            })
    void theRequestTargetIsForwardedAsItIs(String target) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.get(target).read("GET");

            assertThat(upstream.awaitRequest().head().target()).isEqualTo(target);
        }
    }

    @Test
    void thePathPrefixOfTheUpstreamGoesBeforeTheTarget() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream.uri().resolve("/some/prefix/"));
                RawClient client = proxy.client()) {
            client.get("/v1/models?limit=1000").read("GET");

            assertThat(upstream.awaitRequest().head().target()).isEqualTo("/some/prefix/v1/models?limit=1000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "200 Fine, thank you", "201 ", "529 Overloaded", "299 caf\u00e9", "599 X"})
    void statusAndReasonPhraseAreThoseOfTheUpstream(String statusAndReason) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json(statusAndReason, "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.get("/v1/models").readHead().startLine()).isEqualTo("HTTP/1.1 " + statusAndReason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "PATCH", "OPTIONS", "PROPFIND", "QUERY", "foo"})
    void anyMethodAndAnyPathUnderV1IsForwarded(String method) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.send(client.head(method, "/v1/not/invented/yet", "X-New-Header: 1"));

            assertThat(client.read().head().status()).isEqualTo(200);
            assertThat(upstream.awaitRequest().head().startLine()).isEqualTo(method + " /v1/not/invented/yet HTTP/1.1");
            assertThat(upstream.awaitRequest().head().lines()).contains("X-New-Header: 1");
        }
    }

    @Test
    void nothingOutsideV1IsForwarded() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            for (String target : List.of("/v2/messages", "/v1x", "/V1/messages", "/%76%31/messages", "/api/../v1/x")) {
                try (RawClient client = proxy.client()) {
                    assertThat(client.get(target).read("GET").head().status())
                            .as(target)
                            .isEqualTo(404);
                }
            }
            assertThat(upstream.requests()).isEmpty();
        }
    }
}
