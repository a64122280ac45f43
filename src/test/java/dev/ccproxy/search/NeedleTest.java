package dev.ccproxy.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {

    @Test
    void theFirstPlaceIsFoundWhateverTheCaseOfItsLetters() {
        assertThat(find("needle", "hay Needle NEEDLE")).isEqualTo(4);
        assertThat(find("NEEDLE", "hay needle")).isEqualTo(4);
        assertThat(find("x", "abcX")).isEqualTo(3);
        assertThat(find("needle", "needl")).isEqualTo(-1);
        assertThat(find("aab", "aaaab")).isEqualTo(2);
        assertThat(find("[", "a{[")).isEqualTo(2);
        assertThat(find("@", "`")).isEqualTo(-1);
    }

    @Test
    void otherLettersAreFoundInTheGivenCase() {
        assertThat(find("Grüße", "gRüßE")).isZero();
        assertThat(find("GRÜSSE", "grüsse")).isEqualTo(-1);
        assertThat(find("日本", "in 日本語")).isEqualTo(3);
    }

    @Test
    void aTextIsLookedForAsJsonWritesIt() {
        assertThat(find("say \"hi\"", "say \\\"hi\\\"")).isZero();
        assertThat(find("a\tb\\c\nd\u0001", "a\\tb\\\\c\\nd\\u0001")).isZero();
        assertThat(find("say \"hi\"", "say \"hi\"")).isEqualTo(-1);
    }

    @Test
    void theLetterOfAnEscapeIsNoLetter() {
        assertThat(find("name", "first\\name")).isEqualTo(-1);
        assertThat(find("name", "first\\\\name")).isEqualTo(7);
        assertThat(find("name", "first\\name name")).isEqualTo(11);
        assertThat(find("\\d", "\\\\\\d")).isEqualTo(-1);
    }

    @Test
    void nothingCannotBeLookedFor() {
        assertThatThrownBy(() -> Needle.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itFindsWhatAPlainSearchFinds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String text = text(random, 60);
            String needle = text(random, 1 + random.nextInt(5));
            int from = random.nextInt(text.length());
            int to = from + random.nextInt(text.length() - from + 1);
            int expected =
                    text.substring(0, to).toLowerCase(Locale.ROOT).indexOf(needle.toLowerCase(Locale.ROOT), from);
            assertThat(Needle.of(needle).find(text.getBytes(StandardCharsets.US_ASCII), from, to))
                    .as("`%s` in `%s` [%d, %d), seed %d", needle, text, from, to, seed)
                    .isEqualTo(expected);
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abABc [".charAt(random.nextInt(7)));
        }
        return text.toString();
    }

    private static int find(String needle, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Needle.of(needle).find(bytes, 0, bytes.length);
    }
}
