package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.RequestFacts;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.insight.CacheStep;
import dev.ccproxy.recording.ThreadMemory.Answer;
import dev.ccproxy.recording.ThreadMemory.Prefix;
import dev.ccproxy.recording.ThreadMemory.ThreadKey;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is remembered of threads is bounded in bytes, however many there are and however long. */
class ThreadMemoryTest {

    private static final long MOST = 200_000;
    private static final int THREADS = 100;

    private final ThreadMemory answers = new ThreadMemory(MOST);
    private final MarkMemory marks = new MarkMemory(MOST);

    @Test
    void longConversationsPushOutThoseThatWereNotNeededForLongest() {
        Conversation conversation = conversation(1_000);
        remember(conversation);

        long answersKept = IntStream.range(0, THREADS)
                .filter(thread -> answers.lastAnswer(key(thread)).isPresent())
                .count();
        long marksKept = IntStream.range(0, THREADS)
                .filter(thread -> !marks.of(headers(thread), Bytes.EMPTY).isEmpty())
                .count();
        long leastBytes = 8L * conversation.messages().count();
        assertThat(answersKept * leastBytes).isBetween(MOST / 2, MOST);
        assertThat(marksKept * 2 * leastBytes).as("there are two marks").isBetween(MOST / 2, MOST);
        assertThat(answers.lastAnswer(key(THREADS - 1))).isPresent();
        assertThat(marks.of(headers(THREADS - 1), Bytes.EMPTY)).isNotEmpty();
    }

    @Test
    void shortConversationsAreRememberedByTheDozen() {
        remember(conversation(4));

        assertThat(answers.lastAnswer(key(0))).isPresent();
        assertThat(marks.of(headers(THREADS / 2), Bytes.EMPTY)).isNotEmpty();
    }

    @Test
    void aConversationThatOutweighsEverythingIsNotRemembered() {
        remember(conversation(100_000));

        assertThat(answers.lastAnswer(key(THREADS - 1))).isEmpty();
        assertThat(marks.of(headers(THREADS - 1), Bytes.EMPTY)).isEmpty();
    }

    @Test
    void noConversationHoldsMoreThanSomeMegabytesAndItsEndStillTells() {
        Conversation endless = conversation(300_000);

        assertThat(endless.heapBytes()).isBetween(1L << 19, 2L << 20);
        assertThat(endless.messages()).isNotEqualTo(conversation(300_002).messages());
        assertThat(endless.messages()).isEqualTo(conversation(300_000).messages());
    }

    private void remember(Conversation conversation) {
        for (int thread = 0; thread < THREADS; thread++) {
            marks.remember(headers(thread), Bytes.EMPTY, conversation.marks());
            answers.answered(
                    key(thread),
                    new Answer(new CacheStep(Instant.EPOCH, Kind.MAIN, "m", null), Prefix.of(conversation)));
        }
    }

    private static ThreadKey key(int thread) {
        return ThreadKey.of("s" + thread, null);
    }

    private static Headers headers(int thread) {
        return Headers.of("x-claude-code-session-id", "s" + thread);
    }

    private static Conversation conversation(int messages) {
        StringBuilder body = new StringBuilder("{\"model\":\"m\",\"messages\":[");
        for (int i = 0; i < messages; i++) {
            body.append(i == 0 ? "" : ",")
                    .append(
                            i % 2 == 0
                                    ? "{\"role\":\"user\",\"content\":\"u"
                                    : "{\"role\":\"assistant\",\"content\":\"a")
                    .append(i)
                    .append("\"}");
        }
        RequestFacts facts =
                RequestFacts.of(Bytes.utf8(body.append("]}").toString())).orElseThrow();
        return Objects.requireNonNull(facts.conversation());
    }
}
