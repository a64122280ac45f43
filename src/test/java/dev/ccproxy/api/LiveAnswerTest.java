package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.auth.DashboardGate;
import dev.ccproxy.auth.WrongTries;
import dev.ccproxy.config.Settings;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Access;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.http.Headers;
import dev.ccproxy.server.EndpointHandler;
import dev.ccproxy.server.PageOrigins;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.TestSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveAnswerTest extends ApiTest {

    private static final Headers STREAM_HEAD = Headers.of("Content-Type", "text/event-stream; charset=utf-8");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aViewerSeesWhatCameAndThenEachPieceAsItComesToTheEnd() throws Exception {
        Running exchange = new Running(STREAM_HEAD);
        exchange.answers("data: one\n\n");
        try (InputStream live = exchange.follow()) {
            assertThat(text(live, 11)).isEqualTo("data: one\n\n");
            exchange.answers("data: two\n\n");
            assertThat(text(live, 11)).isEqualTo("data: two\n\n");
            exchange.answers("data: three\n\n");
            exchange.ends();
            assertThat(new String(live.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("data: three\n\n");
        }
    }

    @Test
    void theContentEncodingOfTheUpstreamIsTold() throws Exception {
        Running exchange = new Running(
                Headers.of("Content-Type", "text/event-stream", "Content-Encoding", "gzip", "Set-Cookie", "a=b"));
        exchange.answers("bytes");
        HttpResponse<InputStream> live = exchange.open();
        live.body().close();
        assertThat(live.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(live.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(live.headers().firstValue("set-cookie")).isEmpty();
    }

    @Test
    void anAnswerThatIsNoStreamGivesNothingBeforeItsEnd() throws Exception {
        Running exchange = new Running(Headers.of("Content-Type", "application/json"));
        exchange.answers("{}");
        try (InputStream live = exchange.follow()) {
            assertThat(live.readAllBytes()).isEmpty();
        }
    }

    @Test
    void whatGrowsBeyondTheRoomIsGivenUpAndOthersGoOn() throws Exception {
        Running large = new Running(STREAM_HEAD);
        Running small = new Running(STREAM_HEAD);
        small.answers("data: small\n\n");
        for (int i = 0; i < 40; i++) {
            large.answers("x".repeat(64 << 10));
        }
        try (InputStream live = large.follow()) {
            assertThat(live.readAllBytes()).isEmpty();
        }
        small.answers("data: more\n\n");
        small.ends();
        large.ends();
        Running next = new Running(STREAM_HEAD);
        next.answers("y".repeat(512 << 10));
        try (InputStream live = next.follow()) {
            assertThat(live.readNBytes(512 << 10)).as("the room is free again").hasSize(512 << 10);
        }
    }

    @Test
    void withoutAHeadTheStreamEndsAndIsNotFollowedLater() throws Exception {
        Running late = new Running();
        try (RawClient viewer = RawClient.connect(serveWithoutWaiting())) {
            viewer.get(path(late.id));
            MessageHead head = viewer.readHead();
            late.begins(Headers.of("Content-Type", "text/event-stream", "Content-Encoding", "gzip"));
            late.answers("bytes in gzip");
            late.ends();
            RawClient.Received answer = viewer.readBody(head, "GET");

            assertThat(head.status()).isEqualTo(200);
            assertThat(answer.ending()).isEqualTo(Ending.WHOLE);
            assertThat(answer.text()).isEmpty();
        }
    }

    private int serveWithoutWaiting() throws Exception {
        Settings settings = TestSettings.of(folder);
        var live = new LiveAnswer(server.answers, server.reader(), Duration.ofMillis(50));
        var handler = new EndpointHandler(
                List.of(new Endpoint("GET", path("{id}"), Access.OPEN, live)),
                new DashboardGate(settings, new WrongTries(System::nanoTime)),
                new PageOrigins(settings.cors()),
                settings.server());
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @Test
    void thereIsAPlaceForSoManyViewersAndOneThatLeavesMakesRoom() throws Exception {
        Running exchange = new Running(STREAM_HEAD);
        List<RawClient> viewers = new ArrayList<>();
        try {
            for (int i = 0; i < 256; i++) {
                viewers.add(watch(exchange, 200));
            }
            watch(exchange, 503).close();
            viewers.removeFirst().close();
            viewers.add(Patience.untilPasses(() -> watch(exchange, 200)));
        } finally {
            for (RawClient viewer : viewers) {
                viewer.close();
            }
        }
    }

    private RawClient watch(Running exchange, int status) {
        try {
            RawClient viewer = RawClient.connect(server.port());
            assertThat(viewer.get(path(exchange.id)).readHead().status()).isEqualTo(status);
            return viewer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void whatHasEndedOrIsUnknownIsNotFollowed() throws Exception {
        assertThat(server.get(path(record().id())).statusCode()).isEqualTo(409);
        assertThat(server.get(path(ExchangeId.next(Instant.now()))).statusCode())
                .isEqualTo(404);
    }

    private static String path(Object id) {
        return "/api/exchanges/" + id + "/response/live";
    }

    private static String text(InputStream live, int bytes) throws Exception {
        return new String(live.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    /** An exchange whose upstream is this test. */
    private final class Running {
        private final ExchangeId id = ExchangeId.next(Instant.now());
        private final ExchangeObserver observer;

        Running(Headers head) {
            this();
            begins(head);
        }

        Running() {
            observer = server.answers.opened(new Opened(
                    id, Instant.now(), 0, "POST", "/v1/messages", "127.0.0.1", null, Headers.EMPTY, "anthropic"));
        }

        void begins(Headers head) {
            observer.on(new ExchangeEvent.ResponseHead(200, head, false, 1));
        }

        void answers(String text) {
            observer.on(new ExchangeEvent.ResponseBytes(Bytes.utf8(text), 2));
        }

        void ends() {
            observer.on(new ExchangeEvent.Ended(Outcome.COMPLETED, "", 3));
        }

        HttpResponse<InputStream> open() throws Exception {
            return server.open(server.request("GET", path(id)).build());
        }

        InputStream follow() throws Exception {
            return open().body();
        }
    }
}
