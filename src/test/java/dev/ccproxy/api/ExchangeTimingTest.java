package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.session.SessionNews;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
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
}
