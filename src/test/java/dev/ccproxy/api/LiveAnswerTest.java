package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveAnswerTest extends ApiTest {

    private static final Headers STREAM_HEAD = Headers.of("Content-Type", "text/event-stream; charset=utf-8");

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
    void whatHasEndedOrIsUnknownIsNotFollowed() throws Exception {
        assertThat(server.get(path(record().id())).statusCode()).isEqualTo(409);
        assertThat(server.get(path(ExchangeId.next(Instant.now()))).statusCode())
                .isEqualTo(404);
    }

    private static String path(ExchangeId id) {
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
            observer = server.answers.opened(new Opened(
                    id, Instant.now(), 0, "POST", "/v1/messages", "127.0.0.1", null, Headers.EMPTY, "anthropic"));
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
