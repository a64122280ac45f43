package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.Compression;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A request for one whole answer goes on as one for a stream, and its client sees nothing of that. */
class DemotedRequestsTest {

    private static final String DEMOTE = "providers.anthropic.demote_nonstreaming";
    private static final Json JSON = new Json();

    private static final AnthropicScript SCRIPT = AnthropicScript.message("msg_01Demoted", "claude-opus-4-5")
            .thinking("Let me think \u2026 about it.")
            .text("Grüße 😀, and so on.")
            .toolUse("toolu_1", "Bash", "{\"command\":\"ls -la\",\"deep\":{\"list\":[1,2,{}]}}");

    @Test
    void theStreamIsFoldedIntoTheAnswerThatTheClientWaitsFor() throws Exception {
        String body =
                "{ \"model\":\"m\",\n\t\"stream\" : false , \"messages\":[{\"role\":\"user\",\"content\":\"é\"}] }";
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> SCRIPT.stream(reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            Bytes sent = Bytes.utf8(body);
            RawClient.Received answer =
                    client.post("/v1/messages?beta=true", sent).read();

            String asked = body.replace(" false ", " true ");
            assertThat(upstream.awaitRequest().body()).isEqualTo(Bytes.utf8(asked));
            assertThat(upstream.awaitRequest().head().header("content-length"))
                    .isEqualTo(Integer.toString(Bytes.utf8(asked).length()));
            assertThat(answer.head().status()).isEqualTo(200);
            assertThat(answer.ending()).isEqualTo(Ending.WHOLE);
            assertThat(tree(answer.text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(answer.head().header("content-type")).isEqualTo("application/json");
            assertThat(answer.head().header("content-length"))
                    .isEqualTo(Integer.toString(answer.body().length()));
            assertThat(answer.head().header("request-id")).isEqualTo(SCRIPT.requestId());
            assertThat(answer.head().text().toLowerCase(java.util.Locale.ROOT)).doesNotContain("transfer-encoding");

            String id = proxy.recorded().awaitEnded().get("id").asString();
            assertThat(proxy.recorded().requestBody(id)).isEqualTo(sent);
            assertThat(proxy.recorded().responseBody(id)).isEqualTo(answer.body());
            assertThat(proxy.recorded().detail(id).toString())
                    .contains("sent on with stream set to true")
                    .contains("folded from a stream of");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1}|{\"a\":1,\"stream\":true}",
                "{}|{\"stream\":true}",
                "{\"x\":{\"stream\":false},\"stream\":false}|{\"x\":{\"stream\":false},\"stream\":true}",
            })
    void oneValueIsReplacedOrOneMemberInserted(String sent, String asked) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> SCRIPT.stream(reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            assertThat(tree(client.post("/v1/messages", sent).read().text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(upstream.awaitRequest().body()).isEqualTo(Bytes.utf8(asked));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"stream\":true}", "no json", "[1]", "{\"stream\":null}", "{\"stream\":\"false\"}", ""})
    void whatDoesNotAskForOneAnswerPassesAsItIs(String sent) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> SCRIPT.stream(reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", sent).read();

            assertThat(answer.body()).isEqualTo(SCRIPT.sse());
            assertThat(upstream.awaitRequest().body()).isEqualTo(Bytes.utf8(sent));
        }
    }

    @Test
    void byDefaultNothingIsChanged() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> SCRIPT.whole(reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{\"stream\":false}").read().text())
                    .isEqualTo(SCRIPT.json());
            assertThat(upstream.awaitRequest().body()).isEqualTo(Bytes.utf8("{\"stream\":false}"));
        }
    }

    @Test
    void otherEndpointsAreLeftAlone() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.json("200 OK", "{\"input_tokens\":3}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            client.post("/v1/messages/count_tokens", "{\"a\":1}").read();
            assertThat(upstream.awaitRequest().body()).isEqualTo(Bytes.utf8("{\"a\":1}"));
        }
    }

    @Test
    void aBodyInChunksIsDemotedToo() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> SCRIPT.stream(reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            client.send(client.head("POST", "/v1/messages", "Transfer-Encoding: chunked", "Expect: 100-continue"));
            assertThat(client.readHead().status()).isEqualTo(100);
            client.send("3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");

            assertThat(tree(client.read().text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(upstream.awaitRequest().body()).isEqualTo(Bytes.utf8("{\"a\":1,\"stream\":true}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContentEncodingOfTheStreamIsUndone(Compression compression) throws Exception {
        Bytes encoded = compression.encode(SCRIPT.sse());
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.stream("Content-Encoding: " + compression.coding())
                                .chunk(encoded)
                                .lastChunk());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(tree(answer.text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(answer.head().text().toLowerCase(java.util.Locale.ROOT)).doesNotContain("content-encoding");
        }
    }

    @Test
    void membersThatNobodyKnowsAreKept() throws Exception {
        String stream = """
                data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","content":[],\
                "container":{"id":"c1"},"novel":{"a":[1]},"usage":{"input_tokens":1,"server_tool_use":{"web_search_requests":0}}}}

                data: {"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s1","name":"web_search","input":{},"caller":{"type":"direct"}}}

                data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"query\\":\\"x\\"}"}}

                data: {"type":"content_block_stop","index":0}

                data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":"","citations":[]}}

                data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"cited"}}

                data: {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"char_location","cited_text":"y"}}}

                data: {"type":"content_block_stop","index":1}

                data: {"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"type":"refusal","category":"x"}},\
                "usage":{"output_tokens":9,"server_tool_use":{"web_search_requests":1}},"context_management":{"applied_edits":[]}}

                data: {"type":"message_stop"}

                """;
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.stream().chunk(stream).lastChunk());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            JsonNode message = tree(client.post("/v1/messages", "{}").read().text());

            assertThat(message).isEqualTo(tree("""
                    {"id":"m","type":"message","role":"assistant","content":[
                      {"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"x"},"caller":{"type":"direct"}},
                      {"type":"text","text":"cited","citations":[{"type":"char_location","cited_text":"y"}]}],
                     "container":{"id":"c1"},"novel":{"a":[1]},
                     "usage":{"input_tokens":1,"server_tool_use":{"web_search_requests":1},"output_tokens":9},
                     "stop_reason":"refusal","stop_details":{"type":"refusal","category":"x"},
                     "context_management":{"applied_edits":[]}}"""));
        }
    }

    @Test
    void aToolInputThatTheStreamLeftIncompleteStaysAsItBegan() throws Exception {
        String stream = """
                data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","content":[]}}

                data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"Bash","input":{}}}

                data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"command\\":\\"l"}}

                data: {"type":"content_block_stop","index":0}

                data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"}}

                data: {"type":"message_stop"}

                """;
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.stream().chunk(stream).lastChunk());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            assertThat(tree(client.post("/v1/messages", "{}").read().text())).isEqualTo(tree("""
                    {"id":"m","type":"message","role":"assistant","content":[
                      {"type":"tool_use","id":"t","name":"Bash","input":{}}],"stop_reason":"max_tokens"}"""));
        }
    }

    @Test
    void aClientThatLeavesCancelsTheStreamThatIsFolded() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.stream().chunk(SCRIPT.events().getFirst()));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true")) {
            try (RawClient client = proxy.client()) {
                client.post("/v1/messages", "{}");
                upstream.awaitRequest().body();
            }
            upstream.awaitRequest().awaitPeerClosed(Patience.DEFAULT);
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("client_left");
        }
    }

    @Test
    void aStreamThatFallsSilentIsAGatewayTimeout() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(
                        (request, reply) -> reply.stream().chunk(SCRIPT.events().getFirst()));
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        upstream, DEMOTE, "true", "providers.anthropic.stream_silence_timeout", "300ms");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(504);
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("upstream_timeout");
        }
    }

    @Test
    void anErrorOfTheUpstreamKeepsItsStatusAndBody() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) ->
                        AnthropicScript.error(reply, "529 Overloaded", "overloaded_error", "req_9", "retry-after: 3"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.head().status()).isEqualTo(529);
            assertThat(answer.head().header("retry-after")).isEqualTo("3");
            assertThat(answer.text())
                    .isEqualTo(AnthropicScript.errorJson("overloaded_error", "scripted failure", "req_9"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_request_error,400",
        "authentication_error,401",
        "rate_limit_error,429",
        "api_error,500",
        "timeout_error,504",
        "overloaded_error,529",
        "some_new_error,500"
    })
    void anErrorEventBecomesTheMatchingStatus(String type, int status) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream("request-id: req_7");
                    for (String event : SCRIPT.events().subList(0, 4)) {
                        reply.chunk(event);
                    }
                    reply.chunk(AnthropicScript.errorEvent(type, "no")).lastChunk();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();

            assertThat(answer.head().status()).isEqualTo(status);
            assertThat(answer.head().header("content-type")).isEqualTo("application/json");
            assertThat(answer.head().header("request-id")).isEqualTo("req_7");
            assertThat(tree(answer.text()))
                    .isEqualTo(tree("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"no\"}}"));
            var recorded = proxy.recorded().awaitEnded();
            assertThat(recorded.get("outcome").asString()).isEqualTo("upstream_error");
            assertThat(recorded.get("status").asInt()).isEqualTo(status);
        }
    }

    @Test
    void aStreamThatBreaksIsABadGateway() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream().chunk(SCRIPT.events().getFirst());
                    reply.close();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}").read().head().status()).isEqualTo(502);
            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("upstream_broke");
        }
    }

    @Test
    void aStreamThatEndsTooEarlyIsABadGateway() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) ->
                        reply.stream().chunk(SCRIPT.events().getFirst()).lastChunk());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, DEMOTE, "true");
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", "{}").read();
            assertThat(answer.head().status()).isEqualTo(502);
            assertThat(answer.text()).contains("ended before its message was whole");
        }
    }

    @Test
    void aConfiguredStatusIsTriedAgainWithTheChangedBody() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    if (request.number() == 1) {
                        reply.json("529 Overloaded", "{}");
                    } else {
                        SCRIPT.stream(reply);
                    }
                });
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, DEMOTE, "true", "providers.anthropic.retry_statuses", "529");
                RawClient client = proxy.client()) {
            assertThat(tree(client.post("/v1/messages", "{}").read().text())).isEqualTo(tree(SCRIPT.json()));
            assertThat(upstream.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.body()).isEqualTo(Bytes.utf8("{\"stream\":true}")));
        }
    }

    @Test
    void aBodyThatCannotBeHeldPassesAsItIs() throws Exception {
        String large = "{\"x\":\"" + "y".repeat(2 << 20) + "\"}";
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> SCRIPT.whole(reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        upstream,
                        DEMOTE,
                        "true",
                        "storage.record.max_body_bytes",
                        "1MiB",
                        "storage.record.memory_bytes",
                        "1MiB");
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", large).read().text()).isEqualTo(SCRIPT.json());
            assertThat(upstream.awaitRequest().body()).isEqualTo(Bytes.utf8(large));
        }
    }

    private static JsonNode tree(String json) {
        return JSON.tree(json).orElseThrow(() -> new AssertionError("no JSON: " + json));
    }
}
