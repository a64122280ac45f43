package dev.ccproxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.transcript.TranscriptLines.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptLinesTest {

    @TempDir
    Path directory;

    private List<Line> lines(String text, long from) throws IOException {
        Files.writeString(file(), text);
        return lines(from);
    }

    private Path file() {
        return directory.resolve("lines");
    }

    private List<Line> lines(long from) throws IOException {
        List<Line> all = new ArrayList<>();
        try (TranscriptLines lines = new TranscriptLines(file(), from)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
            }
        }
        return all;
    }

    private static String text(Line line) {
        return line.text() == null ? "too long" : line.text().utf8();
    }

    @Test
    void eachLineKnowsWhereItStands() throws Exception {
        List<Line> lines = lines("one\n\ntwo\nthree", 0);
        assertThat(lines).extracting(TranscriptLinesTest::text).containsExactly("one", "two", "three");
        assertThat(lines).extracting(Line::from).containsExactly(0L, 5L, 9L);
        assertThat(lines).extracting(Line::to).containsExactly(4L, 9L, 14L);
        assertThat(lines).extracting(Line::whole).containsExactly(true, true, false);
        assertThat(lines(9)).extracting(TranscriptLinesTest::text).containsExactly("three");
        assertThat(lines("", 0)).isEmpty();
        assertThat(lines("\n\n\n", 0)).isEmpty();
    }

    @Test
    void linesOfEveryLengthComeWhole() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            int length = random.nextInt(10) == 0 ? random.nextInt(300_000) : random.nextInt(5_000);
            text.append("é".repeat(length / 2)).append('x').append('\n');
        }
        List<String> expected = Arrays.asList(text.toString().split("\n"));
        List<Line> lines = lines(text.toString(), 0);
        assertThat(lines)
                .as("seed " + seed)
                .extracting(TranscriptLinesTest::text)
                .isEqualTo(expected);
        int some = random.nextInt(expected.size());
        assertThat(lines(lines.get(some).from()))
                .as("seed " + seed)
                .extracting(TranscriptLinesTest::text)
                .isEqualTo(expected.subList(some, expected.size()));
    }

    @Test
    void aLineThatIsTooLongIsPassedOver() throws Exception {
        byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file())) {
            out.write("first\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 70; i++) {
                out.write(piece);
            }
            out.write("\nlast\n".getBytes(StandardCharsets.UTF_8));
        }
        List<Line> lines = lines(0);
        assertThat(lines).extracting(TranscriptLinesTest::text).containsExactly("first", "too long", "last");
        assertThat(lines.get(1).from()).isEqualTo(6);
        assertThat(lines.get(2).from()).isEqualTo(6 + (70L << 20) + 1);
    }
}
