package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventListTest extends ApiTest {

    private static final Bytes THREE = Bytes.utf8("""
            event: one
            data: {"a":1.10}

            : a comment

            data: two
            data: lines

            data: three

            """);
    private static final int FIRST_END = THREE.utf8().indexOf("\n\n") + 2;

    @Test
    void eachEventHasItsNameItsDataAndTheTimeOfItsLastByte() throws Exception {
        SampleExchange sample = streamed(
                SampleExchange.exact(THREE),
                ArrivalTimes.of(
                        new long[] {FIRST_END - 1, FIRST_END, THREE.length()}, new long[] {1_000, 2_500, 9_000}));
        assertThat(events(sample, ""))
                .hasToString("{\"items\":["
                        + "{\"t\":2.5,\"type\":\"one\",\"data\":\"{\\\"a\\\":1.10}\"},"
                        + "{\"t\":9.0,\"type\":\"message\",\"data\":\"two\\nlines\"},"
                        + "{\"t\":9.0,\"type\":\"message\",\"data\":\"three\"}],"
                        + "\"more\":false,\"times\":\"exact\"}");
    }

    @Test
    void timesOfACompressedStreamAreEstimatesAndSaySo() throws Exception {
        int wire = THREE.length() / 2;
        SampleExchange sample = streamed(
                new BodyFacts(wire, null, "gzip", BodyFacts.State.DECODED, THREE.length()),
                ArrivalTimes.of(new long[] {wire / 2, wire}, new long[] {1_000, 2_000}));
        JsonNode page = events(sample, "");
        assertThat(page.path("times").asString()).isEqualTo("approximate");
        assertThat(page.at("/items/0/t").asDouble()).isEqualTo(1.0);
        assertThat(page.at("/items/2/t").asDouble()).isEqualTo(2.0);
    }

    @Test
    void withoutRecordedTimesThereAreNone() throws Exception {
        SampleExchange sample = streamed(SampleExchange.exact(THREE), ArrivalTimes.NONE);
        JsonNode page = events(sample, "");
        assertThat(page.path("times").asString()).isEqualTo("none");
        assertThat(page.path("items")).hasSize(3);
        assertThat(page.at("/items/0").has("t")).isFalse();
    }

    @Test
    void pagesLeadThroughAllEventsInOrder() throws Exception {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            stream.append("data: ").append(i).append("\n\n");
        }
        SampleExchange sample = record(REQUEST, Bytes.utf8(stream.toString()));
        List<Integer> read = new ArrayList<>();
        String query = "?limit=10";
        JsonNode page = events(sample, query);
        page.path("items")
                .forEach(event -> read.add(Integer.valueOf(event.path("data").asString())));
        while (page.path("more").asBoolean()) {
            page = events(sample, query + "&cursor=" + page.path("next").asString());
            page.path("items")
                    .forEach(
                            event -> read.add(Integer.valueOf(event.path("data").asString())));
        }
        assertThat(read).hasSize(25).isSorted();
        assertThat(events(sample, "?cursor=25")).hasToString("{\"items\":[],\"more\":false,\"times\":\"exact\"}");
    }

    @Test
    void anAnswerThatIsNoStreamHasNoEvents() throws Exception {
        SampleExchange sample = SampleExchange.now();
        server.writer().write(sample.begun());
        StoreEvent.Ended ended = sample.ended(THREE);
        server.writer()
                .write(new StoreEvent.Ended(
                        ended.summary(),
                        "",
                        Headers.of("Content-Type", "text/plain"),
                        null,
                        null,
                        ended.body(),
                        ended.content(),
                        ended.arrivals(),
                        ended.news()));
        flush();
        assertThat(events(sample, "")).hasToString("{\"items\":[],\"more\":false,\"times\":\"none\"}");
    }

    private SampleExchange streamed(BodyFacts facts, ArrivalTimes arrivals) throws InterruptedException {
        SampleExchange sample = SampleExchange.now();
        server.writer().write(sample.begun());
        server.writer().write(sample.request(REQUEST));
        StoreEvent.Ended ended = sample.ended(facts, THREE);
        server.writer()
                .write(new StoreEvent.Ended(
                        ended.summary(), "", ended.headers(), null, null, facts, THREE, arrivals, ended.news()));
        flush();
        return sample;
    }

    private JsonNode events(SampleExchange sample, String query) throws Exception {
        return json("/api/exchanges/" + sample.id() + "/events" + query);
    }
}
