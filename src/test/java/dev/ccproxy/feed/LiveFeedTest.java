package dev.ccproxy.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.SampleExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int EVENT_BYTES = 1_000;

    private final ExchangeSummary summary = SampleExchange.now().begun().summary();
    private final LiveFeed feed = new LiveFeed("here", 10_000, any -> Bytes.wrap(new byte[EVENT_BYTES]));

    @Test
    void aViewerGetsEverythingInOrder() throws Exception {
        FeedCursor start = feed.latest();
        publish(3);
        assertThat(sequences(feed.read(start, LONG))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aViewerResumesBehindWhatItSaw() throws Exception {
        publish(4);
        assertThat(sequences(feed.read(new FeedCursor("here", 2), LONG))).containsExactly(3L, 4L);
    }

    @Test
    void aViewerThatWaitsIsWoken() throws Exception {
        CompletableFuture<FeedRead> read = reading(feed.latest());
        publish(1);
        assertThat(sequences(read.get(10, TimeUnit.SECONDS))).containsExactly(1L);
    }

    @Test
    void nothingNewIsQuiet() throws Exception {
        assertThat(feed.read(feed.latest(), Duration.ofMillis(1))).isEqualTo(new FeedRead.Quiet());
    }

    @Test
    void theRingHoldsNoMoreThanItsBytes() throws Exception {
        FeedCursor start = feed.latest();
        publish(1_000);
        assertThat(feed.read(start, LONG)).isEqualTo(new FeedRead.Gap(new FeedCursor("here", 1_000)));
        FeedCursor oldest = new FeedCursor("here", 1_000 - 10_000 / EVENT_BYTES);
        assertThat(feed.read(oldest, LONG))
                .as("10 events and their overhead do not fit")
                .isInstanceOf(FeedRead.Gap.class);
        assertThat(sequences(feed.read(new FeedCursor("here", oldest.sequence() + 2), LONG)))
                .hasSize(8)
                .endsWith(1_000L);
    }

    @Test
    void aViewerWithoutAHoleGetsNoGap() throws Exception {
        FeedCursor cursor = feed.latest();
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            publish(7);
            FeedRead.Events events = (FeedRead.Events) feed.read(cursor, LONG);
            seen.addAll(sequences(events));
            cursor = events.events().getLast().cursor();
        }
        assertThat(seen).hasSize(700).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aCursorOfAnotherRunIsAGap() throws Exception {
        publish(2);
        assertThat(feed.read(new FeedCursor("there", 1), LONG)).isEqualTo(new FeedRead.Gap(new FeedCursor("here", 2)));
    }

    @Test
    void aCursorOfTheFutureIsAGap() throws Exception {
        publish(2);
        assertThat(feed.read(new FeedCursor("here", 3), LONG)).isInstanceOf(FeedRead.Gap.class);
        assertThat(feed.read(new FeedCursor("here", Long.MIN_VALUE), LONG)).isInstanceOf(FeedRead.Gap.class);
    }

    @Test
    void anEventLargerThanTheRingIsAGapForThoseWhoWait() throws Exception {
        LiveFeed tiny = new LiveFeed("here", 10, any -> Bytes.wrap(new byte[EVENT_BYTES]));
        FeedCursor start = tiny.latest();
        tiny.changed(summary);
        assertThat(tiny.read(start, LONG)).isEqualTo(new FeedRead.Gap(new FeedCursor("here", 1)));
    }

    @Test
    void closingEndsEveryRead() throws Exception {
        CompletableFuture<FeedRead> one = reading(feed.latest());
        CompletableFuture<FeedRead> other = reading(feed.latest());
        feed.close();
        assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(new FeedRead.Closed());
        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(new FeedRead.Closed());
    }

    @Test
    void cursorsSurviveTheirTextForm() {
        FeedCursor cursor = new FeedCursor("5f-0c", 42);
        assertThat(FeedCursor.parse(cursor.toString())).hasValue(cursor);
        assertThat(FeedCursor.parse("")).isEmpty();
        assertThat(FeedCursor.parse("here-x")).isEmpty();
        assertThat(FeedCursor.parse("17")).isEmpty();
    }

    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            feed.changed(summary);
        }
    }

    private CompletableFuture<FeedRead> reading(FeedCursor cursor) {
        CompletableFuture<FeedRead> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(feed.read(cursor, LONG));
            } catch (InterruptedException interrupted) {
                result.completeExceptionally(interrupted);
            }
        });
        return result;
    }

    private static List<Long> sequences(FeedRead read) {
        return ((FeedRead.Events) read)
                .events().stream().map(event -> event.cursor().sequence()).toList();
    }
}
