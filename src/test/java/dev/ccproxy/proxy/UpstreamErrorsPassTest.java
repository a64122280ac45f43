package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients read every word of an error to decide what to do next: it passes as it is and nothing is added. */
class UpstreamErrorsPassTest {

    @ParameterizedTest
    @CsvSource({
        "400 Bad Request, invalid_request_error",
        "401 Unauthorized, authentication_error",
        "402 Payment Required, billing_error",
        "403 Forbidden, permission_error",
        "404 Not Found, not_found_error",
        "407 Proxy Authentication Required, authentication_error",
        "408 Request Timeout, timeout_error",
        "413 Request Entity Too Large, request_too_large",
        "421 Misdirected Request, invalid_request_error",
        "426 Upgrade Required, invalid_request_error",
        "429 Too Many Requests, rate_limit_error",
        "500 Internal Server Error, api_error",
        "502 Bad Gateway, api_error",
        "503 Service Unavailable, overloaded_error",
        "504 Gateway Timeout, timeout_error",
        "529 Overloaded, overloaded_error",
    })
    void statusHeadersAndBodyAreThoseOfTheUpstream(String status, String type) throws Exception {
        String body = AnthropicScript.errorJson(type, "caf\u00e9: no", "req_0Error");
        String[] lines = {
            "Date: Mon, 23 Nov 2026 10:00:00 GMT",
            "request-id: req_0Error",
            "x-should-retry: true",
            "retry-after: 17",
            "retry-after-ms: 17000",
            "anthropic-ratelimit-requests-reset: 2026-11-23T10:00:17Z",
            "WWW-Authenticate: Bearer",
            "Server: cloudflare",
            "cf-ray: 1234",
        };
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json(status, body, lines));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received answer =
                    client.post("/v1/messages", "{\"model\":\"m\"}").read();

            assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 " + status);
            assertThat(answer.head().lines())
                    .startsWith(lines)
                    .hasSize(lines.length + 2)
                    .contains("Content-Type: application/json");
            assertThat(answer.text()).isEqualTo(body);
            var recorded = proxy.recorded().awaitEnded();
            assertThat(recorded.get("outcome").asString()).isEqualTo("upstream_error");
            assertThat(recorded.get("status").asInt()).isEqualTo(answer.head().status());
            assertThat(upstream.requests()).as("sent once").hasSize(1);
        }
    }
}
