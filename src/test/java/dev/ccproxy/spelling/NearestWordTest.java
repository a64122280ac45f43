package dev.ccproxy.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestWordTest {

    private static final List<String> WORDS = List.of("id", "is", "model", "session");

    @Test
    void aSlipOfTheFingersFindsTheWord() {
        assertThat(NearestWord.to("modle", WORDS)).hasValue("model");
        assertThat(NearestWord.to("sesion", WORDS)).hasValue("session");
        assertThat(NearestWord.to("ie", WORDS)).hasValue("id");
    }

    @Test
    void anotherWordFindsNothing() {
        assertThat(NearestWord.to("http", WORDS)).isEmpty();
        assertThat(NearestWord.to("C", WORDS)).isEmpty();
        assertThat(NearestWord.to("", WORDS)).isEmpty();
    }
}
