package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.SampleExchange;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExchangeDetailTest extends ApiTest {

    @Test
    void everythingAboutAnExchangeIsThere() throws Exception {
        SampleExchange sample = record();
        JsonNode detail = json("/api/exchanges/" + sample.id());
        assertThat(detail.at("/summary/id").asString()).isEqualTo(sample.id().toString());
        assertThat(detail.path("target").asString()).isEqualTo("/v1/messages?beta=true");
        assertThat(detail.path("clientAddress").asString()).isEqualTo("127.0.0.1");
        assertThat(detail.path("detail").asString()).isEqualTo("a detail");
        assertThat(detail.path("requestId").asString()).isEqualTo("req_1");
        assertThat(detail.path("messageId").asString()).isEqualTo("msg_1");
        assertThat(detail.path("attemptGroup").asString()).isEqualTo("00112233445566aa");
        assertThat(detail.at("/requestHeaders/2")).hasToString("{\"name\":\"accept\",\"value\":\"a\"}");
        assertThat(detail.at("/requestHeaders/3")).hasToString("{\"name\":\"accept\",\"value\":\"b\"}");
        assertThat(detail.at("/requestBody/state").asString()).isEqualTo("exact");
        assertThat(detail.at("/requestBody/wireBytes").asInt()).isEqualTo(REQUEST.length());
        assertThat(detail.at("/requestBody/sha256").asString()).hasSize(64);
        assertThat(detail.at("/requestBody/href").asString())
                .isEqualTo("/api/exchanges/" + sample.id() + "/request/body");
        assertThat(detail.at("/timing/head").asDouble()).isEqualTo(1.234);
        assertThat(detail.at("/timing/firstByte").asDouble()).isEqualTo(0.01);
        assertThat(detail.at("/timing/lastByte").asDouble()).isEqualTo(5.0);
        assertThat(detail.at("/timing/longestSilence").asDouble()).isEqualTo(4.99);
        assertThat(detail.at("/timing/pieces").asInt()).isEqualTo(3);
    }

    @Test
    void theRequestKeepsItsNumbersAsTheyWereWritten() throws Exception {
        SampleExchange sample = record();
        assertThat(server.get("/api/exchanges/" + sample.id()).body()).contains("\"request\":" + REQUEST.utf8());
    }

    @Test
    void aLongTextIsReplacedByWhereToFindIt() throws Exception {
        String href = "/api/exchanges/" + "ID" + "/request/body";
        Bytes request =
                Bytes.utf8("{\"a\":\"" + "x".repeat(64 * 1024) + "\",\"b\":[\"" + "é".repeat(40_000) + "\"],\"c\":1}");
        SampleExchange sample = record(request, STREAM);
        JsonNode shown = json("/api/exchanges/" + sample.id()).path("request");
        assertThat(shown.path("a").asString()).hasSize(64 * 1024);
        assertThat(shown.path("b"))
                .hasToString("[{\"truncated\":true,\"bytes\":80000,\"href\":\""
                        + href.replace("ID", sample.id().toString()) + "\"}]");
        assertThat(shown.path("c").asInt()).isEqualTo(1);
    }

    @Test
    void halfOfASurrogatePairStaysWhatItWas() throws Exception {
        String text = "\"\\ud800 \\udc00 \\ud83d\\ude00 \u00fc \ud83d\ude00\"";
        Bytes request = Bytes.utf8("{\"system\":" + text + "}");
        JsonNode shown = json("/api/exchanges/" + record(request, STREAM).id()).path("request");
        assertThat(shown.path("system").asString()).isEqualTo("\ud800 \udc00 \ud83d\ude00 \u00fc \ud83d\ude00");
    }

    @Test
    void aRequestThatIsNoJsonIsLeftOut() throws Exception {
        for (String body : new String[] {"--boundary\r\n", "{\"a\":1", "{} {}", "", "{\"a\":01}"}) {
            SampleExchange sample = record(Bytes.utf8(body), STREAM);
            assertThat(json("/api/exchanges/" + sample.id()).has("request"))
                    .as(body)
                    .isFalse();
        }
    }

    @Test
    void aStreamIsShownAsTheMessageItAddsUpTo() throws Exception {
        SampleExchange sample = record();
        JsonNode detail = json("/api/exchanges/" + sample.id());
        assertThat(detail.path("streamed").asBoolean()).isTrue();
        assertThat(detail.at("/response/content/0/text").asString()).isEqualTo("Hello");
        assertThat(detail.at("/response/stop_reason").asString()).isEqualTo("end_turn");
        assertThat(detail.at("/response/usage/output_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void aStreamThatWasCutShowsWhatCame() throws Exception {
        Bytes cut = Bytes.utf8("""
                data: {"type":"message_start","message":{"type":"message","content":[]}}

                data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","name":"Bash","input":{}}}

                data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"a"}}

                data: {"type":"of_tomorrow","x":1.10}

                data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

                """);
        assertThat(server.get("/api/exchanges/" + record(REQUEST, cut).id()).body())
                .contains("\"response\":{\"type\":\"message\",\"content\":[{\"type\":\"tool_use\",\"name\":\"Bash\"")
                .contains("\"folding\":{\"complete\":false,"
                        + "\"error\":{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}},"
                        + "\"cutInputs\":[{\"block\":0,\"text\":\"{\\\"a\"}],"
                        + "\"notUnderstood\":[{\"type\":\"of_tomorrow\",\"x\":1.10}]}");
    }

    @Test
    void anUnknownExchangeIsA404() throws Exception {
        ExchangeId unknown = ExchangeId.next(Instant.now());
        assertThat(problem("/api/exchanges/" + unknown, 404).path("type").asString())
                .isEqualTo("urn:ccproxy:problem:unknown-exchange");
    }

    @Test
    void anIdThatIsNoneIsNamed() throws Exception {
        assertThat(problem("/api/exchanges/17", 400).path("detail").asString())
                .contains("`id` must be the id of an exchange", "not `17`");
    }
}
