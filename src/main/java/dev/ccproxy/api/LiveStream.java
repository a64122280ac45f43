package dev.ccproxy.api;

import dev.ccproxy.api.route.Problem;
import dev.ccproxy.feed.FeedCursor;
import dev.ccproxy.feed.FeedEvent;
import dev.ccproxy.feed.FeedRead;
import dev.ccproxy.feed.LiveFeed;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The live feed as server-sent events: {@code exchange} with a summary, {@code gap} where the viewer has to load the
 * list anew, and the {@link LiveSums}. A viewer names where it stopped by {@code Last-Event-ID}, or {@code ?after=} where it cannot set headers.
 */
final class LiveStream implements Endpoint.Handler {

    /** Shorter than the patience of common proxies, and how soon a viewer that vanished is noticed at the latest. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** How often a waiting viewer looks whether its client has gone. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final int VIEWERS = 256;

    /** Names no place: reading after it gives a gap. */
    private static final FeedCursor NOWHERE = new FeedCursor("", 0);

    private static final byte[] FRAME_END = {'\n', '\n'};
    private static final Bytes ALIVE = Bytes.utf8(": alive\n\n");

    private final LiveFeed feed;
    private final LiveSums sums;
    private final Duration heartbeat;
    private final Duration wait;
    private final AtomicInteger viewers = new AtomicInteger();

    LiveStream(LiveFeed feed, LiveSums sums, Duration heartbeat) {
        this.feed = feed;
        this.sums = sums;
        this.heartbeat = heartbeat;
        this.wait = heartbeat.compareTo(LOOK) < 0 ? heartbeat : LOOK;
    }

    @Override
    public Answer answer(Call call) {
        if (viewers.get() >= VIEWERS) {
            return Problem.tooManyViewers(VIEWERS, "the live feed").answer();
        }
        FeedCursor start = start(call);
        Headers headers = Headers.of("Content-Type", "text/event-stream", "X-Accel-Buffering", "no");
        return new Answer.Streamed(200, headers, sink -> serve(start, sink));
    }

    /** Taken before the head is sent: what happens after a viewer sees its stream open is never missed. */
    private FeedCursor start(Call call) {
        Optional<String> named = call.headers()
                .first("Last-Event-ID")
                .or(() -> call.queryValue("after"))
                .filter(text -> !text.isEmpty());
        return named.map(text -> FeedCursor.parse(text).orElse(NOWHERE)).orElseGet(feed::latest);
    }

    private void serve(FeedCursor start, Answer.Sink sink) throws IOException, InterruptedException {
        viewers.incrementAndGet();
        try {
            // With an id from the start, a viewer that loses its connection before any event resumes here too.
            sink.write(Bytes.utf8("retry: 2000\nid: " + start + "\n\n"));
            follow(start, sink);
        } finally {
            viewers.decrementAndGet();
        }
    }

    private void follow(FeedCursor start, Answer.Sink sink) throws IOException, InterruptedException {
        FeedCursor cursor = start;
        LiveSums.Owed owed = sums.new Owed();
        long lastWrite = System.nanoTime();
        while (!sink.closed()) {
            Bytes news;
            switch (feed.read(cursor, wait)) {
                case FeedRead.Events(List<FeedEvent> events) -> {
                    news = written(events);
                    owed.add(events);
                    cursor = events.getLast().cursor();
                }
                case FeedRead.Gap(FeedCursor resumeAt) -> {
                    news = Bytes.utf8("event: gap\nid: " + resumeAt + "\ndata: {}\n\n");
                    cursor = resumeAt;
                }
                case FeedRead.Quiet() -> {
                    boolean due = System.nanoTime() - lastWrite >= heartbeat.toNanos();
                    news = due ? ALIVE : Bytes.EMPTY;
                }
                case FeedRead.Closed() -> {
                    return;
                }
            }
            for (Bytes each : List.of(news, owed.due())) {
                if (!each.isEmpty()) {
                    sink.write(each);
                    lastWrite = System.nanoTime();
                }
            }
        }
    }

    private static Bytes written(List<FeedEvent> events) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream(events.size() * 640);
        for (FeedEvent event : events) {
            frames.writeBytes(Bytes.utf8("event: exchange\nid: " + event.cursor() + "\ndata: ")
                    .array());
            Bytes json = event.json();
            frames.write(json.array(), json.arrayOffset(), json.length());
            frames.writeBytes(FRAME_END);
        }
        return Bytes.wrap(frames.toByteArray());
    }
}
