package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.SampleExchange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExchangeInsightTest extends ApiTest {

    private static final String FIRST = """
            {"model":"claude-opus-5-5","max_tokens":8,"tools":[{"name":"Bash"}],"system":"You help.",\
            "messages":[{"role":"user","content":"hi"}]}""";
    private static final String SECOND = """
            {"model":"claude-opus-5-5","max_tokens":9,"tools":[{"name":"Bash"}],"system":"You help.",\
            "messages":[{"role":"user","content":[{"type":"text","text":"hi"}]},{"role":"assistant","content":"hello"}]}""";

    @Test
    void theCostIsPricedFromWhatTheAnswerReported() throws Exception {
        JsonNode cost = json("/api/exchanges/" + record().id() + "/cost");
        assertThat(cost.path("usd").decimalValue()).isEqualByComparingTo("0.000152");
        assertThat(cost.path("certainty").asString()).isEqualTo("exact");
        assertThat(cost.path("lines")).hasSize(2);
    }

    @Test
    void anAnswerWithoutUsageIsUnpriced() throws Exception {
        JsonNode cost = json("/api/exchanges/" + record(REQUEST, Bytes.EMPTY).id() + "/cost");
        assertThat(cost.path("certainty").asString()).isEqualTo("unpriced");
        assertThat(cost.at("/why/0").asString()).isEqualTo("the answer reported no usage");
    }

    @Test
    void theContextAddsUpToWhatWasBilled() throws Exception {
        JsonNode context =
                json("/api/exchanges/" + record(Bytes.utf8(FIRST), STREAM).id() + "/context");
        assertThat(context.path("scaled").asBoolean()).isTrue();
        assertThat(context.path("tokens").asLong()).isEqualTo(13);
        assertThat(context.path("segments")
                        .valueStream()
                        .map(segment -> segment.path("kind").asString()))
                .containsExactly("system", "tools", "user");
    }

    @Test
    void theContextTellsHowItGrewAndHowLongItMayBecome() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            ids.add(record(Bytes.utf8(FIRST), STREAM).id().toString());
        }
        JsonNode context = json("/api/exchanges/" + ids.get(44) + "/context");
        assertThat(context.path("window").asLong()).isEqualTo(1_000_000);
        assertThat(context.path("compaction")).hasToString("{\"below\":976562,\"from\":978515,\"client\":\"2.1.330\"}");
        assertThat(context.path("growth").findValuesAsString("exchange")).isEqualTo(ids.subList(5, 45));
        assertThat(context.at("/growth/0/tokens").asLong()).isEqualTo(13);
        assertThat(json("/api/exchanges/" + ids.getFirst() + "/context").path("growth"))
                .hasSize(1);
    }

    @Test
    void aBodyThatIsNoRequestFillsNothing() throws Exception {
        JsonNode context =
                json("/api/exchanges/" + record(Bytes.utf8("no json"), STREAM).id() + "/context");
        assertThat(context.path("segments")).isEmpty();
    }

    @Test
    void changesAreThoseSinceTheRequestBefore() throws Exception {
        SampleExchange first = record(Bytes.utf8(FIRST), STREAM);
        SampleExchange second = record(Bytes.utf8(SECOND), STREAM);
        JsonNode changes = json("/api/exchanges/" + second.id() + "/changes");
        assertThat(changes.path("base").asString()).isEqualTo(first.id().toString());
        assertThat(changes.path("blocks")
                        .valueStream()
                        .map(block -> block.path("change").asString() + " "
                                + block.path("at").asString()))
                .containsExactly(
                        "same tools[0]", "same system", "same messages[0].content[0]", "added messages[1].content");
        assertThat(changes.at("/blocks/3/b").asString()).isEqualTo("hello");
        assertThat(changes.path("parameters")).hasToString("[{\"name\":\"max_tokens\",\"a\":\"8\",\"b\":\"9\"}]");
    }

    @Test
    void anyOtherExchangeCanBeTheBase() throws Exception {
        SampleExchange second = record(Bytes.utf8(SECOND), STREAM);
        SampleExchange first = record(Bytes.utf8(FIRST), STREAM);
        assertThat(json("/api/exchanges/" + second.id() + "/changes?base=" + first.id())
                        .path("base")
                        .asString())
                .isEqualTo(first.id().toString());
        assertThat(problem("/api/exchanges/" + second.id() + "/changes?base=7", 400)
                        .path("detail")
                        .asString())
                .contains("`base`");
    }

    @Test
    void theVerdictNamesTheExchangeThatLeftTheCache() throws Exception {
        SampleExchange first = record(Bytes.utf8(FIRST), STREAM);
        SampleExchange second = record(Bytes.utf8(SECOND), STREAM);
        assertThat(json("/api/exchanges/" + first.id() + "/cache").path("state").asString())
                .isEqualTo("first");
        JsonNode verdict = json("/api/exchanges/" + second.id() + "/cache");
        assertThat(verdict.path("state").asString()).isEqualTo("hit");
        assertThat(verdict.path("base").asString()).isEqualTo(first.id().toString());
    }
}
