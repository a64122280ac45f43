package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.StorageSettings;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.BodyFacts.State;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.StoreHealth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final int MAX_BODY = 1 << 20;
    private static final String START = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":"
            + "\"msg_1\",\"model\":\"claude-opus-5-5-20260901\",\"usage\":{\"input_tokens\":10,"
            + "\"cache_read_input_tokens\":100,\"cache_creation_input_tokens\":50,\"cache_creation\":"
            + "{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":50},\"output_tokens\":1}}}\n\n";
    private static final String DELTA =
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                    + "\"delta\":{\"type\":\"text_delta\",\"text\":\"hello\"}}\n\n";
    private static final String END = "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":"
            + "{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7}}\n\n"
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private final MemoryBudget budget = new MemoryBudget(4 << 20);
    private final StoredEvents store = new StoredEvents();
    private final BlockingQueue<ExchangeSummary> told = new LinkedBlockingQueue<>();
    private final Recorder recorder = new Recorder(
            new StorageSettings(Path.of("unused.db"), MAX_BODY, budget.limitBytes()),
            budget,
            store,
            new Redaction(Bytes.utf8("a key for tests"), "x-api-key"),
            Derivations.withoutStore(),
            List.of(told::add));

    @AfterEach
    void close() {
        store.openGate();
        recorder.close();
        assertThat(budget.heldBytes()).as("memory given back").isZero();
    }

    @Test
    void anExchangeBecomesBeginningRequestAndEndInThisOrder() throws Exception {
        RecordedExchange exchange = RecordedExchange.open(recorder)
                .request("{\"model\":", "\"claude-opus-5-5\"}")
                .requestEnded()
                .head(200, "content-type", "application/json", "request-id", "req_9")
                .answer("{\"id\":", "\"msg_1\"}");
        exchange.completed();

        List<StoreEvent> events = store.await(exchange.id(), 3);
        assertThat(events.get(0)).isInstanceOf(StoreEvent.Begun.class);
        StoreEvent.Request request = (StoreEvent.Request) events.get(1);
        Bytes body = Bytes.utf8("{\"model\":\"claude-opus-5-5\"}");
        assertThat(request.content()).isEqualTo(body);
        assertThat(request.body())
                .isEqualTo(new BodyFacts(body.length(), Sha256.of(body), null, State.EXACT, body.length()));
        assertThat(request.summary().sessionId()).isEqualTo("11111111-2222-4333-8444-555555555555");
        assertThat(request.summary().agentId()).isEqualTo("a0123456789abcdef");
        assertThat(request.summary().parentAgentId()).isEqualTo("afedcba9876543210");
        assertThat(request.attemptGroup()).matches("[0-9a-f]{16}");
        StoreEvent.Ended ended = (StoreEvent.Ended) events.get(2);
        assertThat(ended.content()).isEqualTo(Bytes.utf8("{\"id\":\"msg_1\"}"));
        assertThat(ended.requestId()).isEqualTo("req_9");
        assertThat(ended.arrivals().size()).isEqualTo(2);
        assertThat(ended.arrivals().end(1)).isEqualTo(14);
        assertThat(ended.summary().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(ended.summary().status()).isEqualTo(200);
        assertThat(ended.summary().timeToHead()).isNotNull();
        assertThat(ended.summary().duration()).isNotNull();
    }

    @Test
    void listenersAreToldTwice() throws Exception {
        ExchangeId id = RecordedExchange.open(recorder)
                .request("{}")
                .requestEnded()
                .head(200)
                .completed();

        assertThat(told.poll(20, TimeUnit.SECONDS)).satisfies(first -> {
            assertThat(first.id()).isEqualTo(id);
            assertThat(first.outcome()).isEqualTo(Outcome.RUNNING);
        });
        assertThat(told.poll(20, TimeUnit.SECONDS))
                .satisfies(second -> assertThat(second.outcome()).isEqualTo(Outcome.COMPLETED));
    }

    @Test
    void aSlowUploadShowsBeforeItIsWhole() throws Exception {
        RecordedExchange exchange = RecordedExchange.open(recorder).request("{\"half");

        assertThat(store.await(exchange.id(), 1).getFirst()).isInstanceOf(StoreEvent.Begun.class);
        assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();

        exchange.request("\":1}").requestEnded().head(200).completed();
        assertThat(store.await(exchange.id(), 3).get(1)).isInstanceOf(StoreEvent.Request.class);
        assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aRequestThatWasCutIsKeptAsFarAsItCame() throws Exception {
        RecordedExchange exchange = RecordedExchange.open(recorder).request("{\"half");
        exchange.ended(Outcome.CLIENT_LEFT, "the client closed its connection");

        List<StoreEvent> events = store.await(exchange.id(), 3);
        assertThat(((StoreEvent.Request) events.get(1)).content()).isEqualTo(Bytes.utf8("{\"half"));
        StoreEvent.Ended ended = (StoreEvent.Ended) events.get(2);
        assertThat(ended.headers()).isNull();
        assertThat(ended.summary().status()).isNull();
        assertThat(ended.summary().error()).isEqualTo("the client closed its connection");
    }

    @Test
    void anEarlyAnswerOvertakesTheRequest() throws Exception {
        RecordedExchange exchange = RecordedExchange.open(recorder)
                .request("first ")
                .head(413)
                .answer("too large")
                .request("second")
                .requestEnded();
        exchange.completed();

        List<StoreEvent> events = store.await(exchange.id(), 3);
        assertThat(((StoreEvent.Request) events.get(1)).content()).isEqualTo(Bytes.utf8("first second"));
        assertThat(events.get(2)).isInstanceOf(StoreEvent.Ended.class);
    }

    @Test
    void anErrorStatusIsAnUpstreamError() throws Exception {
        ExchangeId id = RecordedExchange.open(recorder).requestEnded().head(529).completed();
        StoreEvent.Ended ended = (StoreEvent.Ended) store.await(id, 3).get(2);
        assertThat(ended.summary().outcome()).isEqualTo(Outcome.UPSTREAM_ERROR);
    }

    @Test
    void anErrorEventInAStreamIsAnUpstreamError() throws Exception {
        ExchangeId id = RecordedExchange.open(recorder)
                .requestEnded()
                .head(200, "content-type", "text/event-stream")
                .answer(
                        START,
                        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                                + "\"message\":\"Overloaded\"}}\n\n")
                .completed();
        StoreEvent.Ended ended = (StoreEvent.Ended) store.await(id, 3).get(2);
        assertThat(ended.summary().outcome()).isEqualTo(Outcome.UPSTREAM_ERROR);
        assertThat(ended.summary().error()).isEqualTo("Overloaded");
    }

    @Test
    void aStreamIsUnderstood() throws Exception {
        ExchangeId id = RecordedExchange.open(recorder)
                .request("{\"model\":\"claude-opus-5-5\",\"stream\":true,\"metadata\":{\"user_id\":"
                        + "\"user_0_account_0_session_99999999-2222-4333-8444-555555555555\"},\"messages\":[]}")
                .requestEnded()
                .head(200, "content-type", "text/event-stream; charset=utf-8")
                .answerPiece(Bytes.utf8(START), 20)
                .answerPiece(Bytes.utf8("event: ping\ndata: {\"type\":\"ping\"}\n\n"), 30)
                .answerPiece(Bytes.utf8(DELTA), 40)
                .answerPiece(Bytes.utf8(END), 50)
                .completed();
        ExchangeSummary summary = ((StoreEvent.Ended) store.await(id, 3).get(2)).summary();
        assertThat(summary.requestedModel()).isEqualTo("claude-opus-5-5");
        assertThat(summary.model()).isEqualTo("claude-opus-5-5-20260901");
        assertThat(summary.stopReason()).isEqualTo("end_turn");
        assertThat(summary.usage()).isEqualTo(new Usage(10, 7, 100, 0, 50));
        assertThat(summary.timeToFirstContent()).isEqualTo(Duration.ofMillis(40));
        assertThat(summary.preview()).isEqualTo("hello");
        assertThat(summary.kind()).isEqualTo(Kind.SUBAGENT);
    }

    @Test
    void theSessionOfTheBodyCountsWhereTheHeadersAreSilent() throws Exception {
        ExchangeId id = RecordedExchange.open(recorder, Headers.EMPTY)
                .request("{\"metadata\":{\"user_id\":"
                        + "\"user_0_account_0_session_99999999-2222-4333-8444-555555555555\"}}")
                .requestEnded()
                .completed();
        assertThat(store.await(id, 3).getLast())
                .isInstanceOfSatisfying(
                        StoreEvent.Ended.class,
                        ended -> assertThat(ended.summary().sessionId())
                                .isEqualTo("99999999-2222-4333-8444-555555555555"));
    }

    @Test
    void aCompressedAnswerIsKeptDecodedWithTheTimesOfItsPieces() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<Integer> ends = new ArrayList<>();
        try (GZIPOutputStream gzip = new GZIPOutputStream(wire, true)) {
            for (String event : List.of(START, DELTA, END)) {
                gzip.write(event.getBytes(StandardCharsets.UTF_8));
                gzip.flush();
                ends.add(wire.size());
            }
        }
        byte[] bytes = wire.toByteArray();
        RecordedExchange exchange = RecordedExchange.open(recorder)
                .requestEnded()
                .head(200, "content-type", "text/event-stream", "content-encoding", "gzip")
                .answerPiece(Bytes.wrap(bytes, 0, ends.get(0)), 10)
                .answerPiece(Bytes.wrap(bytes, ends.get(0), ends.get(1) - ends.get(0)), 20)
                .answerPiece(Bytes.wrap(bytes, ends.get(1), bytes.length - ends.get(1)), 30);
        exchange.completed();

        StoreEvent.Ended ended =
                (StoreEvent.Ended) store.await(exchange.id(), 3).get(2);
        Bytes content = Bytes.utf8(START + DELTA + END);
        assertThat(ended.content()).isEqualTo(content);
        assertThat(ended.body())
                .isEqualTo(new BodyFacts(
                        bytes.length, Sha256.of(Bytes.wrap(bytes)), "gzip", State.DECODED, content.length()));
        assertThat(ended.arrivals())
                .isEqualTo(ArrivalTimes.of(
                        new long[] {START.length(), START.length() + DELTA.length(), content.length()},
                        new long[] {10_000, 20_000, 30_000}));
        assertThat(ended.summary().timeToFirstContent()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void anAnswerThatCannotBeDecodedStaysRaw() throws Exception {
        ExchangeId id = RecordedExchange.open(recorder)
                .requestEnded()
                .head(200, "content-encoding", "gzip")
                .answer("this is not gzip")
                .completed();
        StoreEvent.Ended ended = (StoreEvent.Ended) store.await(id, 3).get(2);
        assertThat(ended.content()).isEqualTo(Bytes.utf8("this is not gzip"));
        assertThat(ended.body().state()).isEqualTo(State.RAW);
    }

    @Test
    void retriesOfOneBodyShareAGroupAndOtherAgentsDoNot() throws Exception {
        String first = group(RecordedExchange.HEADERS);
        assertThat(group(RecordedExchange.HEADERS)).isEqualTo(first);
        assertThat(group(Headers.of("x-claude-code-session-id", "other"))).isNotEqualTo(first);
    }

    @Test
    void piecesOfAnySizeAreJoinedExactly() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] body = new byte[700_000];
        random.nextBytes(body);
        RecordedExchange exchange = RecordedExchange.open(recorder);
        for (int end = 0; end < body.length; ) {
            int size = Math.min(body.length - end, 1 + random.nextInt(random.nextBoolean() ? 40 : 20_000));
            exchange.requestPiece(Bytes.wrap(body, end, size));
            end += size;
        }
        exchange.requestEnded().completed();

        StoreEvent.Request request =
                (StoreEvent.Request) store.await(exchange.id(), 3).get(1);
        assertThat(request.content()).as("seed %d", seed).isEqualTo(Bytes.wrap(body));
    }

    @Test
    void aBodyOverItsLimitKeepsLengthAndHash() throws Exception {
        byte[] body = new byte[2 * MAX_BODY];
        new Random(1).nextBytes(body);
        RecordedExchange exchange = RecordedExchange.open(recorder);
        for (int end = 0; end < body.length; end += 8_192) {
            exchange.requestPiece(Bytes.wrap(Arrays.copyOfRange(body, end, end + 8_192)));
        }
        exchange.requestEnded().completed();

        StoreEvent.Request request =
                (StoreEvent.Request) store.await(exchange.id(), 3).get(1);
        assertThat(request.content()).isNull();
        assertThat(request.body())
                .isEqualTo(new BodyFacts(body.length, Sha256.of(Bytes.wrap(body)), null, State.DROPPED, 0));
        assertThat(recorder.health().droppedBodies()).isEqualTo(1);
        assertThat(recorder.health().state()).isEqualTo(StoreHealth.State.DEGRADED);
    }

    @Test
    void fullMemoryCostsBodiesAndNothingElse() throws Exception {
        store.shutGate();
        byte[] body = new byte[100_000];
        List<RecordedExchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            RecordedExchange exchange = RecordedExchange.open(recorder).requestPiece(Bytes.wrap(body));
            exchange.requestEnded().head(200).answer("ok").completed();
            exchanges.add(exchange);
        }
        assertThat(budget.heldBytes()).isLessThanOrEqualTo(budget.limitBytes());
        store.openGate();

        long kept = 0;
        for (RecordedExchange exchange : exchanges) {
            List<StoreEvent> events = store.await(exchange.id(), 3);
            BodyFacts facts = ((StoreEvent.Request) events.get(1)).body();
            assertThat(facts.wireLength()).isEqualTo(100_000);
            kept += facts.state() == State.EXACT ? 1 : 0;
        }
        assertThat(kept).isBetween(20L, 50L);
        assertThat(recorder.health().droppedBodies()).isGreaterThanOrEqualTo(60 - kept);
        assertThat(recorder.health().droppedExchanges()).isZero();
    }

    @Test
    void everythingThatIsKnownOfARunningExchangeIsCharged() throws Exception {
        Headers wide = Headers.of("x-wide", "w".repeat(200_000));
        List<RecordedExchange> running = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            running.add(RecordedExchange.open(recorder, wide));
            assertThat(budget.heldBytes()).isLessThanOrEqualTo(budget.limitBytes());
        }
        long lost = recorder.health().droppedExchanges();
        assertThat(lost).isBetween(20L, 30L);

        for (RecordedExchange exchange : running) {
            exchange.requestEnded().head(200).completed();
        }
        RecordedExchange after = RecordedExchange.open(recorder);
        store.await(after.requestEnded().completed(), 3);
        assertThat(recorder.health().droppedExchanges()).isEqualTo(lost);
    }

    @Test
    void theMemoryOfAnExchangeIsHeldUntilItsEndIsWritten() throws Exception {
        store.shutGate();
        ExchangeId id = RecordedExchange.open(recorder)
                .requestEnded()
                .head(200, "x-wide", "w".repeat(100_000))
                .answer("ok")
                .completed();
        assertThat(budget.heldBytes()).isGreaterThan(100_000);

        store.openGate();
        store.await(id, 3);
    }

    @Test
    void anAnswerThatThereIsNoMemoryToDecodeIsKeptEncodedAndThatIsSaid() throws Exception {
        assertThat(budget.tryAcquire(2_300_000, MemoryBudget.Claim.CONTENT)).isTrue();

        assertKeptEncoded(gzipOfZeros(900_000));

        assertThat(recorder.health().problem()).contains("memory");
        budget.release(2_300_000);
    }

    @Test
    void aBombIsKeptEncodedByDesignAndMakesNoTrouble() throws Exception {
        assertKeptEncoded(gzipOfZeros(64 << 20));

        assertThat(recorder.health().problem()).isNull();
        assertThat(recorder.health().state()).isEqualTo(StoreHealth.State.RECORDING);
        assertThat(recorder.health().droppedBodies()).isZero();
    }

    private void assertKeptEncoded(Bytes wire) throws Exception {
        ExchangeId id = RecordedExchange.open(recorder)
                .requestEnded()
                .head(200, "content-encoding", "gzip")
                .answerPiece(wire, 1)
                .completed();

        StoreEvent.Ended ended = (StoreEvent.Ended) store.await(id, 3).get(2);
        assertThat(ended.content()).isEqualTo(wire);
        assertThat(ended.body().state()).isEqualTo(State.RAW);
        assertThat(recorder.close(Duration.ofSeconds(10))).isTrue();
    }

    private static Bytes gzipOfZeros(int length) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(wire)) {
            gzip.write(new byte[length]);
        }
        return Bytes.wrap(wire.toByteArray());
    }

    @Test
    void whatComesFromOutsideIsCutToTheSizeOfItsColumn() throws Exception {
        String endless = "e".repeat(10_000);
        Headers headers = Headers.of("x-claude-code-session-id", endless, "x-claude-code-agent-id", endless);
        ExchangeId id = RecordedExchange.open(recorder, headers)
                .requestEnded()
                .head(200, "request-id", endless)
                .completed();

        List<StoreEvent> events = store.await(id, 3);
        StoreEvent.Ended ended = (StoreEvent.Ended) events.get(2);
        assertThat(List.of(
                        Objects.requireNonNull(ended.summary().sessionId()),
                        Objects.requireNonNull(ended.summary().agentId()),
                        Objects.requireNonNull(ended.requestId())))
                .allSatisfy(text -> assertThat(text).hasSize(256).endsWith("…"));
        assertThat(((StoreEvent.Begun) events.get(0)).headers()).isEqualTo(headers);
    }

    @Test
    void aListenerThatFailsHarmsNothing() throws Exception {
        try (Recorder fragile = new Recorder(
                new StorageSettings(Path.of("unused.db"), MAX_BODY, budget.limitBytes()),
                budget,
                store,
                new Redaction(Bytes.utf8("a key for tests"), "x-api-key"),
                Derivations.withoutStore(),
                List.of(_ -> {
                    throw new IllegalStateException("a bug, on purpose");
                }))) {
            ExchangeId id = RecordedExchange.open(fragile).requestEnded().completed();
            store.await(id, 3);
        }
    }

    @Test
    void afterClosingNothingIsThrownAndTheLossIsCounted() {
        RecordedExchange exchange = RecordedExchange.open(recorder);
        recorder.close();

        exchange.request("{}").requestEnded().completed();

        assertThat(recorder.health().droppedExchanges()).isEqualTo(1);
    }

    private String group(Headers headers) throws InterruptedException {
        ExchangeId id = RecordedExchange.open(recorder, headers)
                .request("{\"same\":true}")
                .requestEnded()
                .completed();
        return Objects.requireNonNull(((StoreEvent.Request) store.await(id, 3).get(1)).attemptGroup());
    }
}
