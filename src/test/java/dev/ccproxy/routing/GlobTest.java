package dev.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "claude-haiku-*, claude-haiku-5-5, true",
        "claude-haiku-*, claude-opus-5-5, false",
        "*, '', true",
        "*haiku*, claude-haiku-5-5, true",
        "gpt-?o, gpt-4o, true",
        "gpt-?o, gpt-o, false",
        "gpt-4o, gpt-4o-mini, false",
        "gpt-4o-mini, gpt-4o, false",
        "*-*-b, a-b-a-b, true",
        "a.c, abc, false",
        "GPT-4o, gpt-4o, false",
        "'', '', true",
        "?, '', false"
    })
    void starsStandForAnyRunAndQuestionMarksForOneCharacter(String pattern, String text, boolean matches) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void itAgreesWithARegularExpression() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab*?");
            String text = text(random, "ab");
            String expression = pattern.replace("*", ".*").replace("?", ".");
            assertThat(Glob.matches(pattern, text))
                    .as("%s of %s, seed %d", pattern, text, seed)
                    .isEqualTo(Pattern.matches(expression, text));
        }
    }

    /** A backtracking matcher would take years. */
    @Test
    void manyStarsTakeNoTime() {
        assertThat(Glob.matches("*a".repeat(40) + "b", "a".repeat(10_000))).isFalse();
    }

    private static String text(Random random, String letters) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
