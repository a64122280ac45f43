package dev.ccproxy.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.testing.Corpora;
import dev.ccproxy.testing.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The cases that other parsers are measured by: in the peer's own chunks, and one byte at a time. */
class SseConformanceTest {

    @ParameterizedTest
    @ValueSource(strings = {"wpt.json", "eventsource-parser.json"})
    void everyCaseOfTheCorpusIsReadAsExpected(String file) throws IOException {
        Path path = Corpora.require("sse-conformance").resolve(file);
        JsonNode cases = new Json()
                .tree(Bytes.wrap(Files.readAllBytes(path)))
                .orElseThrow()
                .path("cases");
        assertThat(cases.size()).isGreaterThan(10);
        for (JsonNode one : cases) {
            if (one.has("chunks_b64")) {
                verify(one);
            }
        }
    }

    private static void verify(JsonNode one) {
        String name = one.path("name").stringValue();
        List<Bytes> chunks = new ArrayList<>();
        for (JsonNode chunk : one.path("chunks_b64")) {
            chunks.add(Bytes.wrap(Base64.getDecoder().decode(chunk.stringValue())));
        }
        List<Bytes> bytes = new ArrayList<>();
        chunks.forEach(chunk -> bytes.addAll(Splits.every(chunk, 1)));
        compare(name, one, chunks);
        compare(name + ", byte by byte", one, bytes);
    }

    private static void compare(String name, JsonNode one, List<Bytes> chunks) {
        List<SseEvent> events = new ArrayList<>();
        SseParser parser = new SseParser(1 << 20, events::add);
        chunks.forEach(parser::feed);

        JsonNode expected = one.path("events");
        assertThat(events).as(name).hasSize(expected.size());
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).type())
                    .as(name)
                    .isEqualTo(expected.get(i).path("type").stringValue());
            assertThat(events.get(i).data().utf8())
                    .as(name)
                    .isEqualTo(expected.get(i).path("data").stringValue());
            if (expected.get(i).has("id")) {
                assertThat(events.get(i).id())
                        .as(name)
                        .isEqualTo(expected.get(i).path("id").stringValue());
            }
        }
        JsonNode retries = one.path("retry");
        if (!retries.isEmpty()) {
            assertThat(parser.retryMillis())
                    .as(name)
                    .hasValue(retries.get(retries.size() - 1).longValue());
        }
    }
}
