package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.session.SessionNews;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExchangeTimingTest extends ApiTest {

    @Test
    void theBlocksOfAStreamComeWithTheirTimes() throws Exception {
        int start = STREAM.utf8().indexOf("event: content_block_delta");
        SampleExchange sample = SampleExchange.now();
        server.writer().write(sample.begun());
        server.writer().write(sample.request(REQUEST));
        StoreEvent.Ended ended = sample.ended(STREAM);
        server.writer()
                .write(new StoreEvent.Ended(
                        ended.summary(),
                        "",
                        ended.headers(),
                        null,
                        null,
                        ended.body(),
                        STREAM,
                        ArrivalTimes.of(new long[] {start, STREAM.length()}, new long[] {1_000_000, 3_500_000}),
                        SessionNews.NONE));
        flush();

        JsonNode timing = json("/api/exchanges/" + sample.id() + "/timing");
        assertThat(timing.path("times").asString()).isEqualTo("exact");
        assertThat(timing.path("firstText").asDouble()).isEqualTo(1_000.0);
        assertThat(timing.at("/blocks/0/type").asString()).isEqualTo("text");
        assertThat(timing.at("/blocks/0/end").asDouble()).isEqualTo(3_500.0);
        assertThat(timing.at("/silences/0/millis").asDouble()).isEqualTo(2_500.0);
        assertThat(timing.at("/marks/pieces").asInt()).isEqualTo(2);
    }

    @Test
    void anAnswerThatIsNoStreamHasItsMarks() throws Exception {
        SampleExchange sample = SampleExchange.now();
        server.writer().write(sample.begun());
        flush();
        JsonNode timing = json("/api/exchanges/" + sample.id() + "/timing");
        assertThat(timing.path("times").asString()).isEqualTo("none");
        assertThat(timing.path("blocks")).isEmpty();
    }

    @Test
    void aPromptIsShownWithWhatItSaysDifferentlyFromTheOneBefore() throws Exception {
        see(prompt("Be kind."), 11);
        see(prompt("Be kind. Be quick."), 12);

        JsonNode list = json("/api/prompts");
        assertThat(list.path("items")).hasSize(2);
        String latest = list.at("/items/0/hash").asString();
        assertThat(latest).isEqualTo("system-000000000000000c");
        JsonNode version = json("/api/prompts/" + latest);
        assertThat(version.at("/parts/0/text").asString()).isEqualTo("Be kind. Be quick.");
        assertThat(version.path("before").asString()).isEqualTo("system-000000000000000b");
        assertThat(version.at("/changes/blocks/0/change").asString()).isEqualTo("changed");
        assertThat(problem("/api/prompts/system-1", 404).path("type").asString())
                .endsWith("unknown-prompt");
    }

    private void see(Bytes body, long print) throws Exception {
        SampleExchange sample =
                new SampleExchange(Instant.parse("2026-11-24T10:00:00Z").plusSeconds(print), "claude-opus-5-5");
        server.writer().write(sample.begun());
        StoreEvent.Request request = sample.request(body);
        server.writer()
                .write(new StoreEvent.Request(
                        request.summary(),
                        request.attemptGroup(),
                        request.body(),
                        body,
                        new SessionNews(
                                null,
                                List.of(),
                                List.of(),
                                null,
                                false,
                                null,
                                new SessionNews.PromptPrints("main", print, 0),
                                List.of())));
        server.writer().write(sample.ended(STREAM));
        flush();
    }

    private static Bytes prompt(String system) {
        return Bytes.utf8(
                "{\"model\":\"m\",\"system\":[{\"type\":\"text\",\"text\":\"" + system + "\"}],\"messages\":[]}");
    }
}
