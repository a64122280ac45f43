package dev.ccproxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.TranscriptSettings;
import dev.ccproxy.testing.SessionFileFixture;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is many times as long as the memory is read whole, by a process that has no more. */
class LongTranscriptTest {

    private static final int RECORDS = Integer.getInteger("ccproxy.transcript.records", 30_000);
    private static final int TEXT_CHARS = 8_000;

    @TempDir
    Path directory;

    @Test
    void aFileOfManyTimesTheMemoryIsRead() throws Exception {
        Path file = new SessionFileFixture(directory).session();
        write(file);
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reading.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(reader.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.size(file)).isGreaterThan(6L * 32 * 1024 * 1024);
        assertThat(printed.lines().reduce((_, last) -> last))
                .hasValue("records %d answers %d shown %d".formatted(RECORDS, RECORDS / 3, RECORDS));
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        String text = "x".repeat(TEXT_CHARS);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < RECORDS; i++) {
                String line = SessionFileFixture.block("01", "msg_" + i / 3, "req_" + i / 3, text, i % 3);
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** The other process. */
    static final class Reading {

        private Reading() {}

        /** Reads the facts, a page from the middle, and every record. */
        public static void main(String[] arguments) throws Exception {
            Transcripts transcripts = new Transcripts(new TranscriptSettings(true, Path.of(arguments[0])));
            TranscriptFile file =
                    transcripts.session(SessionFileFixture.SESSION, null).orElseThrow();
            TranscriptFacts facts = transcripts.facts(file);
            List<RecordPage.Item> page =
                    RecordPage.of(file, file.bytes() / 2, 100).items();
            long[] shown = {0};
            transcripts.visit(file, _ -> shown[0]++);
            System.out.printf(
                    "records %d answers %d shown %d%n",
                    facts.records(), facts.answers().size(), page.isEmpty() ? 0 : shown[0]);
        }
    }
}
