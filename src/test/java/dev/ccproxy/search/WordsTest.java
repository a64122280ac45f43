package dev.ccproxy.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.query.Moment;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void lettersDigitsAndLinesBelowMakeWords() {
        assertThat(words("{\"file_path\":\"/home/User/a-b.java\",\"n\":12}"))
                .isEqualTo("file_path home user a b java n 12");
        assertThat(words("größe, größer; größe")).isEqualTo("größe größer");
    }

    @Test
    void escapesAreNoPartOfWords() {
        assertThat(words("one\\ntwo\\tthree\\\"four\\u0041five")).isEqualTo("one two three four five");
        assertThat(words("in source: \\\\nfile")).isEqualTo("in source file nfile");
    }

    @Test
    void ofALongWordTheBeginningCountsAndOfImagesNoMore() {
        assertThat(words("x".repeat(100) + " y")).isEqualTo("x".repeat(64) + " y");
        assertThat(words("Ab1+/".repeat(100) + "== end")).isEqualTo("ab1 end");
    }

    @Test
    void theLastWordOfATextMayGoOn() {
        assertThat(sought("\"No such file\" -other model:opus err"))
                .isEqualTo("[Sought[word=no, begins=false], Sought[word=such, begins=false],"
                        + " Sought[word=file, begins=true], Sought[word=err, begins=true]]");
        assertThat(sought("größe")).isEqualTo("[]");
        assertThat(sought("\"{}\"")).isEqualTo("[]");
    }

    private static String words(String escaped) {
        Words words = new Words();
        words.add(Bytes.utf8(escaped));
        return words.joined();
    }

    private static String sought(String text) {
        if (Query.parse(text, new Moment(Instant.EPOCH, ZoneOffset.UTC)) instanceof Parsed.Understood(Query query)) {
            return Words.sought(query).toString();
        }
        throw new AssertionError(text);
    }
}
