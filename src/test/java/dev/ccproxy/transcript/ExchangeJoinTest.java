package dev.ccproxy.transcript;

import static dev.ccproxy.testing.SessionFileFixture.SESSION;
import static dev.ccproxy.testing.SessionFileFixture.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.TranscriptSettings;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.storage.ExchangeNames;
import dev.ccproxy.storage.RecordedIds;
import dev.ccproxy.testing.SessionFileFixture;
import dev.ccproxy.transcript.ExchangeJoin.By;
import dev.ccproxy.transcript.ExchangeJoin.Lone;
import dev.ccproxy.transcript.ExchangeJoin.Pair;
import dev.ccproxy.transcript.ExchangeJoin.Why;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeJoinTest {

    @TempDir
    Path directory;

    private final List<RecordedIds> recorded = new ArrayList<>();

    private final ExchangeNames names = new ExchangeNames() {
        @Override
        public List<RecordedIds> ofSession(String sessionId, int most) {
            return recorded.stream()
                    .filter(exchange -> sessionId.equals(exchange.sessionId()))
                    .toList();
        }

        @Override
        public List<RecordedIds> known(Collection<String> requestIds, Collection<String> messageIds) {
            return recorded.stream()
                    .filter(exchange ->
                            requestIds.contains(exchange.requestId()) || messageIds.contains(exchange.messageId()))
                    .toList();
        }
    };

    private RecordedIds exchange(
            Kind kind, Outcome outcome, String session, @Nullable String requestId, @Nullable String messageId) {
        Instant at = Instant.parse("2026-11-24T08:00:00Z");
        RecordedIds exchange =
                new RecordedIds(ExchangeId.next(at), at, kind, outcome, session, null, requestId, messageId);
        recorded.add(exchange);
        return exchange;
    }

    private ExchangeJoin join(String... lines) throws Exception {
        SessionFileFixture files = new SessionFileFixture(directory);
        files.add(files.session(), lines);
        Transcripts transcripts = new Transcripts(new TranscriptSettings(true, directory));
        return ExchangeJoin.of(
                transcripts.whole(transcripts.session(SESSION, null).orElseThrow()), names);
    }

    @Test
    void theRequestIdDecidesAndElseTheMessageId() throws Exception {
        RecordedIds first = exchange(Kind.MAIN, Outcome.COMPLETED, SESSION, "req_1", "msg_1");
        RecordedIds second = exchange(Kind.MAIN, Outcome.COMPLETED, SESSION, null, "msg_2");
        ExchangeJoin join = join(
                block("01", "msg_other", "req_1", "a", 1),
                block("02", "msg_2", "req_unknown", "b", 1),
                block("03", "msg_3", "req_3", "c", 1));
        assertThat(join.both()).extracting(Pair::exchange).containsExactly(first, second);
        assertThat(join.both()).extracting(Pair::by).containsExactly(By.REQUEST_ID, By.MESSAGE_ID);
        assertThat(join.onlyInFiles()).extracting(TranscriptAnswer::messageId).containsExactly("msg_3");
        assertThat(join.onlyOnWire()).isEmpty();
    }

    @Test
    void whatAForkTookAlongIsFoundInTheSessionThatGotIt() throws Exception {
        RecordedIds elsewhere = exchange(Kind.MAIN, Outcome.COMPLETED, "another-session", "req_1", "msg_1");
        ExchangeJoin join = join(block("01", "msg_1", "req_1", "a", 1));
        assertThat(join.both()).extracting(Pair::exchange).containsExactly(elsewhere);
        assertThat(join.onlyOnWire()).isEmpty();
    }

    @Test
    void whatIsOnlyOnTheWireSaysWhy() throws Exception {
        exchange(Kind.TITLE, Outcome.COMPLETED, SESSION, "req_t", "msg_t");
        exchange(Kind.COUNT_TOKENS, Outcome.COMPLETED, SESSION, "req_c", null);
        exchange(Kind.COMPACTION, Outcome.COMPLETED, SESSION, "req_s", "msg_s");
        exchange(Kind.MAIN, Outcome.UPSTREAM_ERROR, SESSION, "req_e", null);
        exchange(Kind.SUBAGENT, Outcome.CLIENT_LEFT, SESSION, "req_l", "msg_l");
        exchange(Kind.MAIN, Outcome.RUNNING, SESSION, null, null);
        exchange(Kind.MAIN, Outcome.COMPLETED, SESSION, "req_m", "msg_m");
        assertThat(join("{}").onlyOnWire())
                .extracting(Lone::why)
                .containsExactly(
                        Why.AUXILIARY,
                        Why.AUXILIARY,
                        Why.AUXILIARY,
                        Why.NO_ANSWER,
                        Why.NO_ANSWER,
                        Why.RUNNING,
                        Why.UNEXPLAINED);
    }

    @Test
    void thousandsOfAnswersOfOtherSessionsAreLookedUp() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            exchange(Kind.MAIN, Outcome.COMPLETED, "another-session", "req_" + i, "msg_" + i);
            lines.add(block("01", "msg_" + i, "req_" + i, "a", 1));
        }
        ExchangeJoin join = join(lines.toArray(String[]::new));
        assertThat(join.both()).hasSize(1_000);
        assertThat(join.onlyInFiles()).isEmpty();
    }
}
