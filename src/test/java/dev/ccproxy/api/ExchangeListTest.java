package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.storage.SampleExchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExchangeListTest extends ApiTest {

    @Test
    void anEmptyStoreGivesAnEmptyPage() throws Exception {
        assertThat(json("/api/exchanges")).hasToString("{\"items\":[],\"more\":false}");
    }

    @Test
    void aRowTellsEverythingInItsWords() throws Exception {
        SampleExchange sample = record();
        JsonNode row = json("/api/exchanges").path("items").path(0);
        assertThat(row.path("id").asString()).isEqualTo(sample.id().toString());
        assertThat(row.path("at").asLong())
                .isEqualTo(sample.begun().summary().at().toEpochMilli());
        assertThat(row.toString()).contains("""
                        "outcome":"completed","kind":"main","method":"POST","path":"/v1/messages","status":200,\
                        "error":"an error","stop":"tool_use","model":"claude-opus-5-5",\
                        "requestedModel":"claude-opus-5-5",\
                        "sessionId":"11111111-2222-3333-4444-555555555555","agent":"subagent",\
                        "agentId":"a0123456789abcdef","parentAgentId":"afedcba9876543210",\
                        "turn":3,"attempt":2,"attemptReason":"retry","divergedAt":7,"tool":"Bash","toolCount":2,\
                        "preview":"ls -l","input":1,"read":3,"write5m":4,"write1h":5,"out":2,"ctx":13,"window":1000000,\
                        "cost":0.012345678,"certainty":"exact","cache":"break","cause":"tools_changed",\
                        "waste":"abandoned","wasted":0.012345678,"saved":0.003,"ttfb":1,"ttft":5,"dur":3000,"reqBytes":10,"resBytes":700}""");
    }

    @Test
    void aRunningExchangeLeavesOutWhatIsNotKnown() throws Exception {
        server.writer().write(SampleExchange.now().begun());
        flush();
        JsonNode row = json("/api/exchanges").path("items").path(0);
        assertThat(row.path("outcome").asString()).isEqualTo("running");
        assertThat(row.has("status") || row.has("dur") || row.has("out") || row.has("model"))
                .isFalse();
    }

    @Test
    void pagesLeadThroughEverythingNewestFirst() throws Exception {
        List<String> written = new ArrayList<>();
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 23; i++) {
            SampleExchange sample = new SampleExchange(start.plusSeconds(i), "claude-opus-5-5");
            sample.writeAll(server.writer(), REQUEST, STREAM);
            written.addFirst(sample.id().toString());
        }
        flush();
        List<String> read = new ArrayList<>();
        JsonNode page = json("/api/exchanges?limit=10");
        page.path("items").forEach(row -> read.add(row.path("id").asString()));
        while (page.path("more").asBoolean()) {
            page = json("/api/exchanges?limit=10&cursor=" + page.path("next").asString());
            page.path("items").forEach(row -> read.add(row.path("id").asString()));
        }
        assertThat(read).isEqualTo(written);
        assertThat(page.has("next")).isFalse();
    }

    @Test
    void aWrongLimitIsNamedWithWhatWouldBeRight() throws Exception {
        for (String limit : List.of("0", "201", "-1", "ten", "", "1e3")) {
            assertThat(problem("/api/exchanges?limit=" + limit, 400)
                            .path("detail")
                            .asString())
                    .isEqualTo(
                            "`limit` must be a whole number from 1 to 200, not `%s`. Without it, 50 is used.", limit);
        }
    }

    @Test
    void aCursorThatNoPageGaveIsRefused() throws Exception {
        assertThat(problem("/api/exchanges?cursor=nonsense", 400).path("detail").asString())
                .contains("`cursor`", "`next`");
    }

    @Test
    void aQueryTellsWhichExchangesAreShown() throws Exception {
        SampleExchange haiku = new SampleExchange(Instant.now(), "claude-haiku-5-5");
        haiku.writeAll(server.writer(), REQUEST, STREAM);
        SampleExchange opus = record();
        assertThat(json("/api/exchanges?q=model:haiku%20-status:500")
                        .path("items")
                        .findValuesAsString("id"))
                .containsExactly(haiku.id().toString());
        assertThat(json("/api/exchanges?q=after:1h").path("items").findValuesAsString("id"))
                .containsExactly(opus.id().toString(), haiku.id().toString());
        assertThat(json("/api/exchanges?q=model:sonnet")).hasToString("{\"items\":[],\"more\":false}");
    }

    @Test
    void aMistakeInAQueryIsShownWhereItStands() throws Exception {
        JsonNode problem = problem("/api/exchanges?q=hello%20modle:opus", 400);
        assertThat(problem.path("type").asString()).isEqualTo("urn:ccproxy:problem:bad-query");
        assertThat(problem.path("position").asInt()).isEqualTo(6);
        assertThat(problem.path("length").asInt()).isEqualTo(5);
        assertThat(problem.path("detail").asString()).isEqualTo("`modle` is no key.");
        assertThat(problem.path("fix").asString()).contains("Did you mean `model`?");
    }

    @Test
    void aParameterThatDoesNotExistIsNotPassedOver() throws Exception {
        JsonNode problem = problem("/api/exchanges?filter=opus", 400);
        assertThat(problem.path("detail").asString())
                .isEqualTo("`filter` is not a parameter of GET /api/exchanges. It takes: limit, cursor, q.");
        assertThat(problem.path("fix").asString()).isNotBlank();
        assertThat(problem.has("position")).isFalse();
    }
}
