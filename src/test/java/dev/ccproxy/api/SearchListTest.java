package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.SampleExchange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SearchListTest extends ApiTest {

    private static final Bytes QUESTION =
            Bytes.utf8("{\"messages\":[{\"role\":\"user\",\"content\":\"Who says \\\"hello\\\" here?\"}]}");

    @Test
    void aHitTellsItsExchangeAndWhereTheTextStands() throws Exception {
        SampleExchange sample = record(QUESTION, STREAM);
        JsonNode page = json("/api/search?q=hello");
        assertThat(page.path("items"))
                .extracting(hit -> hit.path("where").asString())
                .containsExactlyInAnyOrder("request", "response");
        for (JsonNode hit : page.path("items")) {
            assertThat(hit.path("exchange"))
                    .isEqualTo(json("/api/exchanges").path("items").path(0));
            assertThat(hit.path("exchange").path("id").asString())
                    .isEqualTo(sample.id().toString());
            assertThat(hit.path("places"))
                    .hasToString(
                            hit.path("where").asString().equals("request")
                                    ? "[{\"path\":\"messages[0].content\",\"snippet\":\"Who says \\\"hello\\\" here?\","
                                            + "\"start\":10,\"end\":15}]"
                                    : "[{\"path\":\"content[0].text\",\"snippet\":\"Hello\",\"start\":0,\"end\":5}]");
        }
        assertThat(page.path("more").asBoolean()).isFalse();
    }

    @Test
    void pagesLeadThroughAllHits() throws Exception {
        record(QUESTION, STREAM);
        JsonNode first = json("/api/search?q=hello&limit=1");
        assertThat(first.path("items")).hasSize(1);
        assertThat(first.path("more").asBoolean()).isTrue();
        JsonNode second =
                json("/api/search?q=hello&limit=1&cursor=" + first.path("next").asString());
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("items").path(0).path("where"))
                .isNotEqualTo(first.path("items").path(0).path("where"));
    }

    @Test
    void whatIsNotRightIsSaid() throws Exception {
        assertThat(problem("/api/search?q=hello%20modle:x", 400)
                        .path("position")
                        .asInt())
                .isEqualTo(6);
        for (String without : new String[] {"", "?q=model:opus", "?q=-hello"}) {
            assertThat(problem("/api/search" + without, 400).path("detail").asString())
                    .startsWith("`q` must have a text to look for")
                    .contains("GET /api/exchanges");
        }
        assertThat(problem("/api/search?q=hello&cursor=nonsense", 400)
                        .path("detail")
                        .asString())
                .contains("`cursor`", "`next`");
    }
}
