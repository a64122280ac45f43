package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Corpora;
import dev.ccproxy.testing.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Every recorded stream becomes a stream of the Messages API with the same text, calls, end and usage. */
class RecordedOpenAiStreamsTest {

    /** Its last event holds another text than its pieces, which the client has seen by then. */
    private static final String CONTRADICTS_ITSELF = "openai-shell-container.1.sse";

    @ParameterizedTest
    @EnumSource(names = {"OPENAI_CHAT", "OPENAI_RESPONSES"})
    void streamsSayTheSameWhateverTheChunks(Format format) throws IOException {
        Random random = new Random(21);
        int compared = 0;
        for (Path file : files(format)) {
            Bytes stream = Bytes.wrap(Files.readAllBytes(file));
            Translations.Streamed whole = translated(format, List.of(stream));
            Path expected = beside(file, ".expected.json");
            if (whole.state() == AnswerStream.State.COMPLETE) {
                MessagesRules.checkWhole(file.toString(), whole.bytes());
            } else {
                MessagesRules.checkBroken(file.toString(), whole.bytes());
            }
            Splits.forEach(
                    stream,
                    random,
                    pieces -> assertThat(translated(format, pieces))
                            .as(file.toString())
                            .isEqualTo(whole));
            if (Files.exists(expected)) {
                compared++;
                JsonNode message = Translations.tree(Files.readString(expected));
                JsonNode features = Translations.tree(Files.readString(beside(file, ".meta.json")))
                        .path("features");
                if (features.valueStream()
                        .anyMatch(feature -> feature.asString("").equals("tool:no-index"))) {
                    // The client that made the expected message loses such calls; ToolCallPiecesTest has its own.
                    continue;
                }
                if (message.path("status").asString("").equals("failed")) {
                    assertThat(whole.state()).as(file.toString()).isEqualTo(AnswerStream.State.FAILED);
                    continue;
                }
                assertThat(whole.state()).as(file.toString()).isEqualTo(AnswerStream.State.COMPLETE);
                Gist theirs = Gist.ofAnswer(format, message);
                Gist ours = Gist.ofStream(Format.ANTHROPIC_MESSAGES, whole.text());
                // What the peer's client makes of text that comes as a list of parts.
                boolean unread = theirs.text().contains("[object Object]") || file.endsWith(CONTRADICTS_ITSELF);
                assertThat(unread ? ours.withText("") : ours)
                        .as(file.toString())
                        .isEqualTo(unread ? theirs.withText("") : theirs);
            }
        }
        System.out.printf("recorded streams of %s: %d compared%n", format.label(), compared);
        assertThat(compared).isGreaterThan(40);
    }

    @Test
    void wholeAnswersSayTheSame() throws IOException {
        int compared = 0;
        for (Format format : List.of(Format.OPENAI_CHAT, Format.OPENAI_RESPONSES)) {
            for (Path file : walk(Corpora.require(format.label() + "-json"), ".jsonl")) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode row = Translations.tree(line);
                    JsonNode answer = row.has("response_raw")
                            ? Translations.JSON
                                    .tree(row.path("response_raw").asString(""))
                                    .orElse(null)
                            : row.get("response");
                    if (answer == null
                            || answer.hasNonNull("error")
                            || !(answer.has("choices") || answer.has("output"))) {
                        continue;
                    }
                    compared++;
                    String ours = Translations.answer(
                            Translations.between(Format.ANTHROPIC_MESSAGES, format), answer.toString());
                    assertThat(Gist.ofAnswer(Format.ANTHROPIC_MESSAGES, Translations.tree(ours)))
                            .as(row.path("name").asString(""))
                            .isEqualTo(Gist.ofAnswer(format, answer));
                }
            }
        }
        System.out.printf("recorded whole answers: %d compared%n", compared);
        assertThat(compared).isGreaterThan(50);
    }

    /** Cut anywhere, a stream has no end that was made up. */
    @ParameterizedTest
    @EnumSource(names = {"OPENAI_CHAT", "OPENAI_RESPONSES"})
    void cutStreamsStayBroken(Format format) throws IOException {
        Random random = new Random(22);
        for (Path file : files(format)) {
            Bytes stream = Bytes.wrap(Files.readAllBytes(file));
            for (int i = 0; i < 5; i++) {
                Bytes start = stream.slice(0, random.nextInt(stream.length()));
                Translations.Streamed cut =
                        Translations.stream(Translations.between(Format.ANTHROPIC_MESSAGES, format), List.of(start));
                if (cut.state() == AnswerStream.State.RUNNING) {
                    MessagesRules.checkBroken(file + " cut at " + start.length(), cut.bytes());
                }
            }
        }
    }

    private static Translations.Streamed translated(Format format, List<Bytes> pieces) {
        return Translations.stream(Translations.between(Format.ANTHROPIC_MESSAGES, format), pieces);
    }

    private static List<Path> files(Format format) throws IOException {
        return walk(Corpora.require(format.label() + "-sse"), ".sse");
    }

    private static List<Path> walk(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static Path beside(Path stream, String ending) {
        return stream.resolveSibling(stream.getFileName().toString().replaceFirst("\\.sse$", ending));
    }
}
