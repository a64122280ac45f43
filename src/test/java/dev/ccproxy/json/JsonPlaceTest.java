package dev.ccproxy.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonPlaceTest {

    private static final String TEXT =
            " { \"a\" : [1, \"x\", {\"b c\": \"yy\", \"d\": {\"\": \"zzz\"}}], \"e\":\"\" } ";

    @Test
    void everyByteOfAStringValueHasItsPlaceAndNoOtherByteHas() {
        for (int i = 0; i < TEXT.length(); i++) {
            char character = TEXT.charAt(i);
            Optional<String> path = JsonPlace.of(Bytes.utf8(TEXT), i).map(JsonPlace::path);
            switch (character) {
                case 'x' -> assertThat(path).hasValue("a[1]");
                case 'y' -> assertThat(path).hasValue("a[2][\"b c\"]");
                case 'z' -> assertThat(path).hasValue("a[2].d[\"\"]");
                default -> assertThat(path).as("byte %d", i).isEmpty();
            }
        }
    }

    @Test
    void theInsideOfTheStringIsTold() {
        JsonPlace place =
                JsonPlace.of(Bytes.utf8("{\"a\":\"say \\\"hi\\\"\"}"), 12).orElseThrow();
        assertThat(place).isEqualTo(new JsonPlace("a", new JsonSpan(6, 16)));
        assertThat(JsonPlace.of(Bytes.utf8("\"abc\""), 2)).hasValue(new JsonPlace("", new JsonSpan(1, 4)));
    }

    @Test
    void anyBytesGiveAPlaceOrNone() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) "{}[]\",:\\a1".charAt(random.nextInt(10));
            }
            int offset = random.nextInt(bytes.length + 3);
            Optional<JsonPlace> place = JsonPlace.of(Bytes.wrap(bytes), offset);
            place.ifPresent(found -> assertThat(offset)
                    .as("seed %d", seed)
                    .isBetween(found.inside().from(), found.inside().to() - 1));
        }
    }
}
