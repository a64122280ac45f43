package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.feed.FeedCursor;
import dev.ccproxy.feed.LiveFeed;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.SampleExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveStreamTest extends ApiTest {

    @Test
    void aViewerSeesWhatHappensAfterItsStreamIsOpen() throws Exception {
        SampleExchange sample = SampleExchange.now();
        server.feed.changed(SampleExchange.now().begun().summary());
        try (Viewer viewer = follow(server.request("GET", "/api/stream"))) {
            assertThat(viewer.frame()).isEqualTo("retry: 2000\nid: boot-1");
            server.feed.changed(sample.begun().summary());
            server.feed.changed(sample.ended(STREAM).summary());
            assertThat(viewer.frame())
                    .startsWith("event: exchange\nid: boot-2\ndata: {\"id\":\"" + sample.id() + "\"")
                    .contains("\"outcome\":\"running\"");
            assertThat(viewer.frame())
                    .startsWith("event: exchange\nid: boot-3\n")
                    .contains("\"outcome\":\"completed\"");
        }
    }

    @Test
    void viewersAreToldHowSessionsStandAndWhatGoesOn() throws Exception {
        SampleExchange sample = record();
        ExchangeSummary ended = sample.ended(STREAM).summary();
        try (Viewer viewer = follow(server.request("GET", "/api/stream"))) {
            viewer.frame();
            server.feed.changed(ended);
            assertThat(viewer.next()).startsWith("event: exchange\nid: boot-1\n");
            assertThat(viewer.next())
                    .startsWith("event: session\ndata: {\"id\":\"" + ended.sessionId() + "\"")
                    .contains("\"n\":1");
            assertThat(viewer.next())
                    .startsWith("event: now\ndata: {\"at\":")
                    .contains("\"session\":\"" + ended.sessionId() + "\"");

            for (int i = 0; i < 3; i++) {
                server.feed.changed(ended);
            }
            List<String> names = new ArrayList<>();
            while (Collections.frequency(names, "exchange") < 3
                    || !names.getLast().equals("now")) {
                names.add(viewer.next().lines().findFirst().orElseThrow().substring("event: ".length()));
            }
            assertThat(names).as("the last of it, too").endsWith("exchange", "session", "now");
        }
    }

    @Test
    void theStreamIsNeitherCachedNorBuffered() throws Exception {
        HttpResponse<InputStream> answer =
                server.open(server.request("GET", "/api/stream").build());
        answer.body().close();
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(answer.headers().firstValue("x-accel-buffering")).hasValue("no");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    }

    @Test
    void aViewerThatComesBackMissesNothing() throws Exception {
        publish(5);
        for (HttpRequest.Builder request : List.of(
                server.request("GET", "/api/stream").header("Last-Event-ID", "boot-3"),
                server.request("GET", "/api/stream?after=boot-3"))) {
            try (Viewer viewer = follow(request)) {
                viewer.frame();
                assertThat(viewer.frame()).startsWith("event: exchange\nid: boot-4\n");
                assertThat(viewer.frame()).startsWith("event: exchange\nid: boot-5\n");
            }
        }
    }

    @Test
    void aViewerOfAnotherRunIsToldToLoadTheListAnew() throws Exception {
        publish(2);
        for (String id : List.of("other-1", "nonsense", "boot-99")) {
            try (Viewer viewer = follow(server.request("GET", "/api/stream").header("Last-Event-ID", id))) {
                viewer.frame();
                assertThat(viewer.frame()).as(id).isEqualTo("event: gap\nid: boot-2\ndata: {}");
            }
        }
    }

    @Test
    void closingTheFeedEndsTheStreamCleanly() throws Exception {
        try (Viewer viewer = follow(server.request("GET", "/api/stream"))) {
            viewer.frame();
            server.feed.close();
            assertThat(viewer.reader.readLine()).isNull();
        }
    }

    @Test
    void aSilentStreamBeats() throws Exception {
        LiveFeed feed = new LiveFeed("boot", 1_000, ApiRoutes::liveForm);
        LiveStream stream = new LiveStream(
                feed,
                new LiveSums(server.store.sessions(), () -> {
                    throw new AssertionError("nothing happened");
                }),
                Duration.ofMillis(20));
        Call call = new Call("GET", "/api/stream", Map.of(), Map.of(), Headers.EMPTY, Bytes.EMPTY, "127.0.0.1");
        List<String> written = new ArrayList<>();
        ((Answer.Streamed) stream.answer(call)).writer().writeTo(new Answer.Sink() {
            @Override
            public void write(Bytes bytes) {
                written.add(bytes.utf8());
            }

            @Override
            public boolean closed() {
                return written.size() == 3;
            }
        });
        assertThat(written).containsExactly("retry: 2000\nid: boot-0\n\n", ": alive\n\n", ": alive\n\n");
    }

    @Test
    void manyViewersGetTheSame() throws Exception {
        List<Viewer> viewers = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Viewer viewer = follow(server.request("GET", "/api/stream"));
                viewer.frame();
                viewers.add(viewer);
            }
            publish(1);
            for (Viewer viewer : viewers) {
                assertThat(viewer.frame()).startsWith("event: exchange\nid: boot-1\n");
            }
        } finally {
            for (Viewer viewer : viewers) {
                viewer.close();
            }
        }
    }

    private void publish(int times) {
        FeedCursor before = server.feed.latest();
        for (int i = 0; i < times; i++) {
            server.feed.changed(SampleExchange.now().begun().summary());
        }
        assertThat(server.feed.latest().sequence()).isEqualTo(before.sequence() + times);
    }

    private Viewer follow(HttpRequest.Builder request) throws Exception {
        InputStream body =
                server.open(request.timeout(Duration.ofSeconds(30)).build()).body();
        return new Viewer(body, new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
    }

    private record Viewer(InputStream body, BufferedReader reader) implements AutoCloseable {

        /** The next that is no sum. */
        String frame() throws IOException {
            String frame = next();
            while (frame.startsWith("event: session") || frame.startsWith("event: now")) {
                frame = next();
            }
            return frame;
        }

        /** The lines up to the next empty one. */
        String next() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                lines.add(line);
            }
            return String.join("\n", lines);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
