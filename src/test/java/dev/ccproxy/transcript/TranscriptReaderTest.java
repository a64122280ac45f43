package dev.ccproxy.transcript;

import static dev.ccproxy.testing.SessionFileFixture.block;
import static dev.ccproxy.testing.SessionFileFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.TokenUsage;
import dev.ccproxy.testing.SessionFileFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptReaderTest {

    @TempDir
    Path directory;

    private SessionFileFixture files;
    private Path file;
    private final TranscriptReader reader = new TranscriptReader();

    @BeforeEach
    void make() {
        files = new SessionFileFixture(directory);
        file = files.session();
    }

    private TranscriptFacts facts() throws Exception {
        return reader.facts(new TranscriptFolder(directory)
                .session(SessionFileFixture.SESSION, null)
                .orElseThrow());
    }

    @Test
    void anAnswerOfManyBlocksCountsOnceWithItsLastUsage() throws Exception {
        files.add(
                file,
                user("01", "Hello"),
                block("02", "msg_1", "req_1", "One", 1),
                block("03", "msg_1", "req_1", "Two", 40),
                block("04", "msg_2", "req_2", "Three", 2));
        TranscriptFacts facts = facts();
        assertThat(facts.records()).isEqualTo(4);
        assertThat(facts.answers()).extracting(TranscriptAnswer::messageId).containsExactly("msg_1", "msg_2");
        assertThat(facts.answers().getFirst())
                .isEqualTo(new TranscriptAnswer(
                        "msg_1",
                        "req_1",
                        "claude-opus-5-5",
                        null,
                        Instant.parse("2026-11-24T08:00:02Z"),
                        user("01", "Hello").length() + 1L,
                        new TokenUsage(3, 40, 100, 5, 7, 0, TokenUsage.Terms.UNSAID)));
        assertThat(facts.tokens()).isEqualTo(Map.of("claude-opus-5-5", new TokenSums(2, 6, 42, 200, 10, 14)));
    }

    @Test
    void recordsOfKindsThatNobodyKnowsAreKept() throws Exception {
        files.add(file, user("01", "Hello"), "{\"type\":\"future-thing\",\"x\":[1,{\"y\":2}]}", "{\"no\":\"type\"}");
        assertThat(facts().types()).isEqualTo(Map.of("user", 1L, "future-thing", 1L, "", 1L));
        assertThat(facts().records()).isEqualTo(3);
    }

    @Test
    void brokenLinesAreCountedAndPassedOver() throws Exception {
        files.add(file, user("01", "Hello"), "{\"type\":\"user\",", "garbage", "[1]", "\"text\"", user("09", "Bye"));
        assertThat(facts().broken()).isEqualTo(4);
        assertThat(facts().records()).isEqualTo(2);
        assertThat(facts().end()).isEqualTo(Instant.parse("2026-11-24T08:00:09Z"));
    }

    @Test
    void aLineThatIsStillBeingWrittenIsNotBrokenAndCountsOnceWhenItIsWhole() throws Exception {
        String line = user("02", "A second one");
        files.append(file, user("01", "Hello") + "\n" + line.substring(0, 50));
        assertThat(facts().records()).isEqualTo(1);
        files.append(file, line.substring(50, 60));
        assertThat(facts().broken()).isZero();
        files.append(file, line.substring(60));
        assertThat(facts().records()).isEqualTo(2);
        files.append(file, "\n" + user("03", "Third") + "\n");
        assertThat(facts().records()).isEqualTo(3);
        assertThat(facts().broken()).isZero();
    }

    @Test
    void newLinesArePickedUpAndAnswersGoOnAcrossThem() throws Exception {
        files.add(file, block("02", "msg_1", "req_1", "One", 1));
        assertThat(facts().answers()).hasSize(1);
        files.add(file, block("03", "msg_1", "req_1", "Two", 40), block("04", "msg_2", "req_2", "Three", 2));
        assertThat(facts().answers()).hasSize(2);
        assertThat(facts().tokens().get("claude-opus-5-5")).isEqualTo(new TokenSums(2, 6, 42, 200, 10, 14));
    }

    @Test
    void onlyWhatIsNewIsReadAgain() throws Exception {
        files.add(file, user("01", "Hello"));
        assertThat(facts().firstPrompt()).isEqualTo("Hello");
        byte[] changed =
                Files.readString(file).replace("Hello", "HELLO").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (var channel = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(changed));
        }
        files.add(file, user("02", "More"));
        assertThat(facts().records()).isEqualTo(2);
        assertThat(facts().firstPrompt()).as("the beginning was not read again").isEqualTo("Hello");
    }

    @Test
    void aFileThatBecameShorterOrWasReplacedIsReadAnew() throws Exception {
        files.add(file, user("01", "Hello"), user("02", "More"));
        assertThat(facts().records()).isEqualTo(2);
        Files.writeString(file, user("05", "Other") + "\n");
        assertThat(facts().records()).isEqualTo(1);
        assertThat(facts().firstPrompt()).isEqualTo("Other");
        Path other = Files.writeString(directory.resolve("other"), (user("06", "Third") + "\n").repeat(3));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(facts().records()).isEqualTo(3);
        assertThat(facts().firstPrompt()).isEqualTo("Third");
    }

    @Test
    void titleAndPromptAreThoseThatPeopleWouldName() throws Exception {
        files.add(
                file,
                user("01", "<system-reminder> Mind the gap"),
                user("02", "not said").replace("\"type\":\"user\"", "\"type\":\"user\",\"isMeta\":true"),
                user("03", "Mend the till"),
                "{\"type\":\"custom-title\",\"customTitle\":\"The till\"}",
                "{\"type\":\"ai-title\",\"aiTitle\":\"Mending a till\"}",
                "{\"type\":\"summary\",\"summary\":\"A till\"}");
        assertThat(facts().firstPrompt()).isEqualTo("Mend the till");
        assertThat(facts().title()).isEqualTo("The till");
        assertThat(facts().cwd()).isEqualTo("/home/alice/shop");
        assertThat(facts().gitBranch()).isEqualTo("main");
        assertThat(facts().versions()).isEqualTo(List.of("2.1.330"));
    }

    @Test
    void whatTheClientMadeUpToSayWhatFailedIsNoAnswer() throws Exception {
        files.add(
                file,
                block("02", "0b5e1f6a", "", "API Error", 0)
                        .replace("\"type\":\"assistant\"", "\"type\":\"assistant\",\"isApiErrorMessage\":true"));
        assertThat(facts().failures()).isEqualTo(1);
        assertThat(facts().answers()).isEmpty();
        assertThat(facts().tokens()).isEmpty();
    }
}
