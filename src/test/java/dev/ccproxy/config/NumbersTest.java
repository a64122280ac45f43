package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void durationsHaveUnits() {
        assertThat(Numbers.duration("600")).contains(Duration.ofMinutes(10));
        assertThat(Numbers.duration("500ms")).contains(Duration.ofMillis(500));
        assertThat(Numbers.duration("30 s")).contains(Duration.ofSeconds(30));
        assertThat(Numbers.duration("10m")).contains(Duration.ofMinutes(10));
        assertThat(Numbers.duration("1h")).contains(Duration.ofHours(1));
        assertThat(Numbers.duration("0")).contains(Duration.ZERO);
    }

    @Test
    void sizesHaveBinaryUnits() {
        assertThat(Numbers.bytes("67108864")).contains(64L << 20);
        assertThat(Numbers.bytes("64MiB")).contains(64L << 20);
        assertThat(Numbers.bytes("1 gib")).contains(1L << 30);
        assertThat(Numbers.bytes("0")).contains(0L);
    }

    @Test
    void anythingElseIsWrong() {
        for (String text : List.of("", "-1", "+5", "1.5h", "10x", "s", "1e3", "999999999h", "99999999999999999999")) {
            assertThat(Numbers.duration(text)).as(text).isEmpty();
        }
        for (String text : List.of("", "-1", "64MB", "64M", "1.5GiB", "999999999999999999GiB")) {
            assertThat(Numbers.bytes(text)).as(text).isEmpty();
        }
        for (String text : List.of("", "-1", "65536", "+80", "٣", " 80")) {
            assertThat(Numbers.whole(text, 0, 65_535)).as(text).isEmpty();
        }
    }
}
