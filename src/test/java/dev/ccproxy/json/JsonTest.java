package dev.ccproxy.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonTest {

    private enum Colour {
        DARK_BLUE
    }

    private record Inner(UUID value) {}

    private record Row(
            Instant at,
            Duration took,
            Colour colour,
            Inner id,
            @Nullable String nothing,
            Optional<String> empty,
            long count) {}

    private final Json json = new Json(
            new TextForm<>(Inner.class, inner -> inner.value().toString(), text -> new Inner(UUID.fromString(text))));

    @Test
    void recordsAreWrittenInTheirOrderWithPlainNumbersAndWords() {
        UUID id = UUID.fromString("019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d");
        Row row = new Row(
                Instant.ofEpochMilli(1_700_000_000_123L),
                Duration.ofMillis(1500),
                Colour.DARK_BLUE,
                new Inner(id),
                null,
                Optional.empty(),
                7);

        String text = json.text(row);

        assertThat(text)
                .isEqualTo("{\"at\":1700000000123,\"took\":1500,\"colour\":\"dark_blue\","
                        + "\"id\":\"019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d\",\"count\":7}");
        assertThat(json.read(Bytes.utf8(text), Row.class)).contains(row);
    }

    @Test
    void numbersKeepTheirExactValue() {
        String text = "{\"a\":1.10,\"b\":12345678901234567890123,\"c\":9007199254740993,\"d\":0.1}";
        assertThat(json.text(json.tree(text).orElseThrow())).isEqualTo(text);
    }

    @Test
    void unknownMembersArePassedOverAndTheLastOfARepeatedNameCounts() {
        assertThat(json.read(Bytes.utf8("{\"count\":1,\"other\":{},\"count\":2}"), Row.class))
                .hasValueSatisfying(row -> assertThat(row.count()).isEqualTo(2));
        assertThat(json.tree("{\"a\":1,\"a\":2}").orElseThrow().path("a").intValue())
                .isEqualTo(2);
    }

    @Test
    void nullsInsideATreeAreKept() {
        assertThat(json.text(json.tree("{\"a\":null}").orElseThrow())).isEqualTo("{\"a\":null}");
    }

    @Test
    void whatIsNoJsonIsEmpty() {
        for (String text : new String[] {"", " ", "{", "{}{}", "{\"a\":}", "nul", "\"\\ud8\"", "[1,]"}) {
            assertThat(json.tree(text)).as(text).isEmpty();
        }
        assertThat(json.read(Bytes.utf8("{\"id\":\"no id\"}"), Row.class)).isEmpty();
        assertThat(json.tree("[".repeat(100_000))).isEmpty();
    }

    @Test
    void stringsOfManyMegabytesAreRead() {
        Bytes text = Bytes.utf8("\"" + "x".repeat(25_000_000) + "\"");
        assertThat(json.tree(text).map(JsonNode::stringValue))
                .hasValueSatisfying(value -> assertThat(value).hasSize(25_000_000));
    }
}
