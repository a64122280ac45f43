package dev.ccproxy.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonCursorTest {

    private final Json json = new Json();

    @Test
    void readsWhatItStopsAtAndSkipsTheRest() {
        JsonCursor cursor = new JsonCursor(
                Bytes.utf8(
                        " { \"skip\" : [1,{\"a\":\"]}\\\"\"}] , \"text\":\"a\\n\\u00e9\\ud83d\\ude00\", \"n\": 42, \"b\":true } "));

        assertThat(cursor.enterObject()).isTrue();
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.nameIs("text")).isTrue();
        assertThat(cursor.text()).isEqualTo("a\né😀");
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.integer(-1)).isEqualTo(42);
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.kind()).isEqualTo(JsonCursor.Kind.TRUE);
        assertThat(cursor.nextMember()).isFalse();
        assertThat(cursor.atEnd()).isTrue();
    }

    @Test
    void nestedLoopsGoOnWhereTheInnerOneEnded() {
        JsonCursor cursor = new JsonCursor(Bytes.utf8("{\"a\":[{\"r\":\"x\"},{},{\"r\":\"y\",\"s\":[]}],\"z\":1}"));
        StringBuilder seen = new StringBuilder();

        assertThat(cursor.enterObject()).isTrue();
        while (cursor.nextMember()) {
            seen.append(cursor.name());
            if (cursor.enterArray()) {
                while (cursor.nextElement()) {
                    assertThat(cursor.enterObject()).isTrue();
                    while (cursor.nextMember()) {
                        seen.append(cursor.name()).append(cursor.text());
                    }
                }
            }
        }

        assertThat(seen).hasToString("arxrysnullz");
        assertThat(cursor.atEnd()).isTrue();
    }

    @Test
    void namesWithEscapesAreTheSameNames() {
        JsonCursor cursor = new JsonCursor(Bytes.utf8("{\"mod\\u0065l\":1,\"modél\":2}"));
        assertThat(cursor.enterObject()).isTrue();
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.nameIs("model")).isTrue();
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.nameIs("model")).isFalse();
        assertThat(cursor.name()).isEqualTo("modél");
    }

    @Test
    void prefixesOfTextTearNoCharacter() {
        assertThat(prefix("\"a😀b\"", 2)).isEqualTo("a");
        assertThat(prefix("\"a😀b\"", 3)).isEqualTo("a😀");
        assertThat(prefix("\"\\ud83d\\ude00b\"", 1)).isEmpty();
        assertThat(prefix("\"" + "é".repeat(500) + "\"", 100)).isEqualTo("é".repeat(100));
        assertThat(prefix("\"" + "\\n".repeat(500) + "\"", 100)).isEqualTo("\n".repeat(100));
        assertThat(prefix("\"" + "\\u00e9".repeat(500) + "\"", 100)).isEqualTo("é".repeat(100));
    }

    @Test
    void textsReadAsJacksonReadsThem() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            String value = randomText(random, random.nextInt(40));
            Bytes text = json.write(value);
            assertThat(new JsonCursor(text).text()).as("round %d", round).isEqualTo(value);
        }
    }

    @Test
    void garbageSaysNoAndNeverThrows() {
        for (String text : new String[] {
            "",
            "  ",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\" 1}",
            "{a:1}",
            "{,}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":\"x}",
            "{\"a\":\"x\\",
            "{\"a\":tru}",
            "{\"a\":-}",
            "{\"a\":[}",
            "{\"a\":1}}",
            "{\"a\":1} x",
            "]",
            "{\"a\":1,}"
        }) {
            JsonCursor cursor = new JsonCursor(Bytes.utf8(text));
            if (cursor.enterObject()) {
                while (cursor.nextMember()) {
                    cursor.span();
                }
            }
            assertThat(cursor.atEnd()).as(text).isFalse();
        }
    }

    @Test
    void deepNestingNeedsNoStack() {
        String deep = "[".repeat(2_000_000);
        assertThat(new JsonCursor(Bytes.utf8("{\"a\":" + deep)).atEnd()).isFalse();
        assertThat(new JsonCursor(Bytes.utf8("{\"a\":" + deep + "]".repeat(2_000_000) + "}")).atEnd())
                .isTrue();
    }

    @Test
    void randomBytesNeverThrow() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] alphabet = "{}[]\",:\\ \n0-1.eEtrufalsn\u00e9".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            walk(new JsonCursor(Bytes.wrap(bytes)), 0, seed);
        }
    }

    @Test
    void everyCutOfATextIsNoWholeText() {
        String text = "{\"a\":[1,2.5e3,{\"b\":\"c\\\"\\u00e9\"}],\"d\":null}";
        for (int cut = 0; cut < text.length(); cut++) {
            assertThat(JsonSpans.members(Bytes.utf8(text.substring(0, cut))))
                    .as("cut at %d", cut)
                    .isEmpty();
        }
        assertThat(JsonSpans.members(Bytes.utf8(text))).isPresent();
    }

    private static void walk(JsonCursor cursor, int depth, long seed) {
        int steps = 0;
        if (depth < 5 && cursor.enterObject()) {
            while (cursor.nextMember()) {
                cursor.name();
                walk(cursor, depth + 1, seed);
                assertThat(steps++).as("seed %d", seed).isLessThan(100);
            }
        } else if (depth < 5 && cursor.enterArray()) {
            while (cursor.nextElement()) {
                walk(cursor, depth + 1, seed);
                assertThat(steps++).as("seed %d", seed).isLessThan(100);
            }
        } else {
            cursor.text(3);
        }
    }

    private static @Nullable String prefix(String text, int maxChars) {
        return new JsonCursor(Bytes.utf8(text)).text(maxChars);
    }

    private static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append("\"\\/\b\f\n\r\t".charAt(random.nextInt(8)));
                case 1 -> text.appendCodePoint(0x10000 + random.nextInt(0x1000));
                case 2 -> text.append((char) random.nextInt(0x500));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }
}
