package dev.ccproxy.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningAnswersTest {

    private static final int ROOM_BYTES = 1 << 20;
    private static final Bytes HALF = Bytes.wrap(new byte[ROOM_BYTES / 2 + 1]);

    private final RunningAnswers answers = new RunningAnswers(ROOM_BYTES);
    private final Map<ExchangeId, ExchangeObserver> observers = new HashMap<>();

    @Test
    void whatViewersStillHoldStaysCountedUntilTheLastLeaves() throws Exception {
        ExchangeId first = begin();
        RunningAnswer one = answers.watch(first).orElseThrow();
        RunningAnswer other = answers.watch(first).orElseThrow();
        end(first);
        assertThat(isKept(begin())).isFalse();

        answers.leave(one);
        assertThat(other.read(0, Duration.ZERO))
                .hasValueSatisfying(piece -> assertThat(piece.isEmpty()).isFalse());
        assertThat(isKept(begin())).isFalse();

        answers.leave(other);
        assertThat(isKept(begin())).isTrue();
    }

    @Test
    void whatNobodyWatchesIsFreeAtItsEnd() throws Exception {
        end(begin());
        assertThat(isKept(begin())).isTrue();
    }

    @Test
    void aViewerWhoLeavesBeforeTheEndFreesNothing() throws Exception {
        ExchangeId first = begin();
        answers.leave(answers.watch(first).orElseThrow());
        assertThat(isKept(begin())).isFalse();
        end(first);
        assertThat(isKept(begin())).isTrue();
    }

    @Test
    void whatHasEndedIsNotWatched() {
        ExchangeId first = begin();
        end(first);
        assertThat(answers.watch(first)).isEmpty();
    }

    /** An exchange whose answer takes more than half of the room. */
    private ExchangeId begin() {
        ExchangeId id = ExchangeId.next(Instant.now());
        ExchangeObserver observer = answers.opened(new Opened(
                id, Instant.now(), 0, "POST", "/v1/messages", "127.0.0.1", null, Headers.EMPTY, "anthropic"));
        observers.put(id, observer);
        observer.on(new ExchangeEvent.ResponseHead(200, Headers.of("Content-Type", "text/event-stream"), false, 1));
        observer.on(new ExchangeEvent.ResponseBytes(HALF, 2));
        return id;
    }

    private void end(ExchangeId id) {
        Objects.requireNonNull(observers.get(id)).on(new ExchangeEvent.Ended(Outcome.COMPLETED, "", 3));
    }

    /** Whether there was room for this answer; ends it. */
    private boolean isKept(ExchangeId id) throws InterruptedException {
        RunningAnswer answer = answers.watch(id).orElseThrow();
        Optional<Bytes> piece = answer.read(0, Duration.ZERO);
        answers.leave(answer);
        end(id);
        return piece.isPresent();
    }
}
