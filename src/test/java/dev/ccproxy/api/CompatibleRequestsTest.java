package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.storage.SampleExchange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CompatibleRequestsTest extends ApiTest {

    @Test
    void anEmptyListIsAList() throws Exception {
        assertThat(json("/api/requests")).hasToString("{\"requests\":[],\"total\":0}");
    }

    @Test
    void anExchangeStandsInTheOriginalsForm() throws Exception {
        SampleExchange sample = record();
        JsonNode list = json("/api/requests");
        assertThat(list.path("total").asLong()).isEqualTo(1);
        JsonNode request = list.path("requests").path(0);
        assertThat(request.propertyNames())
                .containsExactlyInAnyOrder(
                        "requestId",
                        "timestamp",
                        "method",
                        "endpoint",
                        "headers",
                        "body",
                        "model",
                        "originalModel",
                        "routedModel",
                        "userAgent",
                        "contentType",
                        "response");
        assertThat(request.path("requestId").asString()).isEqualTo(sample.id().toString());
        assertThat(Instant.parse(request.path("timestamp").asString()))
                .isEqualTo(sample.begun().summary().at());
        assertThat(request.path("endpoint").asString()).isEqualTo("/v1/messages");
        assertThat(request.path("headers"))
                .hasToString("{\"Accept\":[\"a\",\"b\"],\"Host\":[\"localhost:3001\"],\"X-App\":[\"cli\"],"
                        + "\"X-Empty\":[\"\"]}");
        assertThat(request.at("/body/model").asString()).isEqualTo("claude-opus-5-5");
        assertThat(request.path("model").asString()).isEqualTo("claude-opus-5-5");
        JsonNode response = request.path("response");
        assertThat(response.path("statusCode").asInt()).isEqualTo(200);
        assertThat(response.at("/headers/Request-Id/0").asString()).isEqualTo("req_1");
        assertThat(response.path("responseTime").asLong()).isEqualTo(3000);
        assertThat(response.path("isStreaming").asBoolean()).isTrue();
        assertThat(response.path("streamingChunks")).hasSize(6);
        assertThat(response.at("/streamingChunks/5").asString()).isEqualTo("data: {\"type\":\"message_stop\"}");
        assertThat(response.at("/body/content/0/text").asString()).isEqualTo("Hello");
        assertThat(Instant.parse(response.path("completedAt").asString()))
                .isEqualTo(sample.begun().summary().at().plusSeconds(3));
    }

    @Test
    void pagesAndModelsAreTheOriginals() throws Exception {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 12; i++) {
            new SampleExchange(start.plusSeconds(i), i % 4 == 0 ? "claude-haiku-4-5" : "claude-opus-5-5")
                    .writeAll(server.writer(), REQUEST, STREAM);
        }
        flush();
        assertThat(json("/api/requests").path("requests")).hasSize(10);
        assertThat(json("/api/requests?page=2").path("requests")).hasSize(2);
        assertThat(json("/api/requests?page=3&limit=5&model=all").path("requests"))
                .hasSize(2);
        JsonNode haiku = json("/api/requests?limit=2&model=haiku");
        assertThat(haiku.path("total").asLong()).isEqualTo(3);
        assertThat(haiku.path("requests")).hasSize(2);
        assertThat(haiku.at("/requests/0/timestamp").asString()).isEqualTo("2026-01-01T00:00:08Z");
    }

    @Test
    void aPageOrLimitOutOfBoundsIsRefused() throws Exception {
        for (String query : List.of("limit=101", "limit=0", "page=0", "page=x")) {
            problem("/api/requests?" + query, 400);
        }
    }

    @Test
    void parametersOfOldPagesAreTolerated() throws Exception {
        assertThat(json("/api/requests?_=123").path("total").asLong()).isZero();
    }

    @Test
    void deletingLeavesWhatRuns() throws Exception {
        record();
        record();
        server.writer().write(SampleExchange.now().begun());
        flush();
        assertThat(new String(server.send("DELETE", "/api/requests").body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"message\":\"Request history cleared\",\"deleted\":2}");
        assertThat(json("/api/exchanges").path("items")).hasSize(1);
    }
}
