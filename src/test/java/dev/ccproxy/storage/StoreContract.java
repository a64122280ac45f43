package dev.ccproxy.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.BodyFacts.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store promises, whatever database is behind it. */
public abstract class StoreContract {

    private static final Duration BOUND = Duration.ofSeconds(20);

    protected abstract ExchangeWriter writer();

    protected abstract ExchangeReader reader();

    /** Closes the store and opens the same database again. */
    protected abstract void reopen();

    @Test
    void theExchangeBeforeInItsThreadIsFound() throws Exception {
        Instant start = Instant.now();
        SampleExchange first = new SampleExchange(start, "claude-opus-5-5");
        SampleExchange failed = new SampleExchange(start.plusMillis(10), "claude-opus-5-5");
        SampleExchange second = new SampleExchange(start.plusMillis(20), "claude-opus-5-5");
        first.writeAll(writer(), Bytes.utf8("{}"), Bytes.EMPTY);
        writer().write(failed.begun());
        second.writeAll(writer(), Bytes.utf8("{}"), Bytes.EMPTY);
        settle();

        assertThat(reader().before(second.id())).hasValue(first.id());
        assertThat(reader().before(first.id())).isEmpty();
        assertThat(reader().before(ExchangeId.next(start))).isEmpty();
    }

    @Test
    void everythingWrittenIsReadBack() throws Exception {
        SampleExchange sample = SampleExchange.now();
        Bytes request = Bytes.utf8("{\"model\":\"claude-opus-5-5\"}");
        Bytes answer = Bytes.utf8("data: {}\n\n");

        sample.writeAll(writer(), request, answer);
        settle();

        StoredExchange stored = reader().find(sample.id()).orElseThrow();
        StoreEvent.Ended ended = sample.ended(answer);
        assertThat(stored)
                .isEqualTo(new StoredExchange(
                        ended.summary(),
                        "/v1/messages?beta=true",
                        "127.0.0.1",
                        "alice",
                        SampleExchange.REQUEST_HEADERS,
                        SampleExchange.exact(request),
                        "00112233445566aa",
                        SampleExchange.RESPONSE_HEADERS,
                        ended.body(),
                        "req_1",
                        "msg_1",
                        "a detail"));
        assertThat(read(reader().requestBody(sample.id()).orElseThrow())).isEqualTo(request);
        assertThat(read(reader().responseBody(sample.id()).orElseThrow())).isEqualTo(answer);
        assertThat(reader().arrivals(sample.id())).isEqualTo(SampleExchange.ARRIVALS);
    }

    @Test
    void anExchangeIsVisibleWhileItRuns() throws Exception {
        SampleExchange sample = SampleExchange.now();

        writer().write(sample.begun());
        settle();

        StoredExchange stored = reader().find(sample.id()).orElseThrow();
        assertThat(stored.summary()).isEqualTo(sample.begun().summary());
        assertThat(stored.requestBody()).isNull();
        assertThat(stored.responseHeaders()).isNull();
        assertThat(reader().requestBody(sample.id())).isEmpty();
        assertThat(reader().arrivals(sample.id())).isEqualTo(ArrivalTimes.NONE);
    }

    @Test
    void settledMeansReadable() throws Exception {
        SampleExchange sample = SampleExchange.now();
        CountDownLatch readable = new CountDownLatch(1);

        writer().write(sample.begun(), () -> {
            if (reader().find(sample.id()).isPresent()) {
                readable.countDown();
            }
        });

        assertThat(readable.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anExchangeLeftRunningIsInterruptedAfterTheNextStart() throws Exception {
        SampleExchange cut = SampleExchange.now();
        SampleExchange whole = SampleExchange.now();
        writer().write(cut.begun());
        writer().write(cut.request(Bytes.utf8("{}")));
        whole.writeAll(writer(), Bytes.utf8("{}"), Bytes.utf8("answer"));

        reopen();

        assertThat(outcomeOf(cut)).isEqualTo(Outcome.INTERRUPTED);
        assertThat(outcomeOf(whole)).isEqualTo(Outcome.COMPLETED);
        assertThat(read(reader().requestBody(cut.id()).orElseThrow())).isEqualTo(Bytes.utf8("{}"));
    }

    @Test
    void anyBytesOfAnySizeAreReadBackExactly() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<SampleExchange> samples = new ArrayList<>();
        List<Bytes> bodies = new ArrayList<>();
        for (int size : new int[] {0, 1, 2, 511, 512, 65_535, 65_536, 65_537, 3_000_000}) {
            byte[] body = new byte[size];
            random.nextBytes(body);
            samples.add(SampleExchange.now());
            bodies.add(Bytes.wrap(body));
        }
        for (int i = 0; i < samples.size(); i++) {
            samples.get(i).writeAll(writer(), bodies.get(i), bodies.get(bodies.size() - 1 - i));
        }
        settle();

        for (int i = 0; i < samples.size(); i++) {
            ExchangeId id = samples.get(i).id();
            assertThat(read(reader().requestBody(id).orElseThrow()))
                    .as("seed %d", seed)
                    .isEqualTo(bodies.get(i));
            assertThat(read(reader().responseBody(id).orElseThrow()))
                    .as("seed %d", seed)
                    .isEqualTo(bodies.get(bodies.size() - 1 - i));
        }
    }

    @Test
    void aDecodedAnswerKeepsTheFactsOfTheWire() throws Exception {
        SampleExchange sample = SampleExchange.now();
        Bytes decoded = Bytes.utf8("the decoded answer");
        BodyFacts facts = new BodyFacts(7, Sha256.of(Bytes.utf8("as sent")), "gzip", State.DECODED, decoded.length());
        writer().write(sample.begun());
        writer().write(sample.request(Bytes.EMPTY));
        writer().write(sample.ended(facts, decoded));
        settle();

        StoredBody body = reader().responseBody(sample.id()).orElseThrow();
        assertThat(body.facts()).isEqualTo(facts);
        assertThat(read(body)).isEqualTo(decoded);
    }

    @Test
    void aDroppedBodyKeepsItsFacts() throws Exception {
        SampleExchange sample = SampleExchange.now();
        writer().write(sample.begun());
        writer().write(sample.request(Bytes.utf8("too much")).withoutContent());
        writer().write(sample.ended(Bytes.utf8("answer")).withoutContent());
        settle();

        StoredExchange stored = reader().find(sample.id()).orElseThrow();
        assertThat(stored.requestBody())
                .isEqualTo(SampleExchange.exact(Bytes.utf8("too much")).dropped());
        assertThat(reader().requestBody(sample.id())).isEmpty();
        assertThat(reader().responseBody(sample.id())).isEmpty();
    }

    @Test
    void pagesFollowEachOtherNewestFirstWithoutGapOrRepetition() throws Exception {
        List<SampleExchange> samples = new ArrayList<>();
        Instant at = Instant.now();
        for (int i = 0; i < 25; i++) {
            // Pairs share a time, so that the id must decide.
            samples.add(new SampleExchange(at.plusMillis(i / 2), "claude-opus-5-5"));
        }
        List<SampleExchange> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.forEach(sample -> sample.writeAll(writer(), Bytes.EMPTY, Bytes.EMPTY));
        settle();

        List<ExchangeId> seen = new ArrayList<>();
        String cursor = null;
        do {
            ExchangePage page = reader().list(new ExchangeQuery(ExchangeFilter.ALL, 7, cursor, 0));
            page.items().forEach(item -> seen.add(item.id()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen)
                .isEqualTo(samples.reversed().stream().map(SampleExchange::id).toList());
    }

    @Test
    void aPageCanBeSkippedTo() throws Exception {
        List<SampleExchange> samples = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            samples.add(SampleExchange.now());
            samples.getLast().writeAll(writer(), Bytes.EMPTY, Bytes.EMPTY);
        }
        settle();

        ExchangePage page = reader().list(new ExchangeQuery(ExchangeFilter.ALL, 2, null, 3));

        assertThat(page.items())
                .extracting(ExchangeSummary::id)
                .containsExactly(samples.get(1).id(), samples.get(0).id());
        assertThat(page.next()).isNull();
    }

    @Test
    void aCursorOfSomebodyElseIsRefused() {
        ExchangeQuery query = new ExchangeQuery(ExchangeFilter.ALL, 7, "bm9uc2Vuc2U", 0);
        assertThatThrownBy(() -> reader().list(query)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exchangesAreCountedAndFoundByTheModelAskedFor() throws Exception {
        for (String model : List.of("claude-opus-5-5", "claude-haiku-5-5", "claude-opus-4")) {
            new SampleExchange(Instant.now(), model).writeAll(writer(), Bytes.EMPTY, Bytes.EMPTY);
        }
        SampleExchange running = SampleExchange.now();
        writer().write(running.begun());
        settle();

        assertThat(reader().count(ExchangeFilter.ALL)).isEqualTo(4);
        assertThat(reader().count(new ExchangeFilter("OPUS"))).isEqualTo(2);
        assertThat(reader().count(new ExchangeFilter("none"))).isZero();
        assertThat(reader().list(new ExchangeQuery(new ExchangeFilter("haiku"), 10, null, 0))
                        .items())
                .extracting(ExchangeSummary::requestedModel)
                .containsExactly("claude-haiku-5-5");
    }

    @Test
    void deletingAllKeepsWhatStillRuns() throws Exception {
        SampleExchange running = SampleExchange.now();
        writer().write(running.begun());
        writer().write(running.request(Bytes.utf8("shared")));
        List<SampleExchange> ended = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            ended.add(SampleExchange.now());
            ended.getLast().writeAll(writer(), Bytes.utf8("shared"), Bytes.utf8("answer " + i));
        }
        settle();

        assertThat(writer().deleteAll()).isEqualTo(1_200);

        assertThat(reader().find(ended.getFirst().id())).isEmpty();
        assertThat(reader().responseBody(ended.getLast().id())).isEmpty();
        assertThat(reader().count(ExchangeFilter.ALL)).isEqualTo(1);
        assertThat(read(reader().requestBody(running.id()).orElseThrow())).isEqualTo(Bytes.utf8("shared"));
        writer().write(running.ended(Bytes.utf8("answer 1")));
        settle();
        assertThat(outcomeOf(running)).isEqualTo(Outcome.COMPLETED);
        assertThat(read(reader().responseBody(running.id()).orElseThrow())).isEqualTo(Bytes.utf8("answer 1"));
    }

    @Test
    void anUnknownExchangeIsNotFound() {
        ExchangeId unknown = ExchangeId.next(Instant.now());
        assertThat(reader().find(unknown)).isEmpty();
        assertThat(reader().requestBody(unknown)).isEmpty();
        assertThat(reader().arrivals(unknown)).isEqualTo(ArrivalTimes.NONE);
    }

    protected final void settle() throws InterruptedException {
        assertThat(writer().flush(BOUND)).isTrue();
    }

    protected final Outcome outcomeOf(SampleExchange sample) {
        return reader().find(sample.id()).orElseThrow().summary().outcome();
    }

    protected static Bytes read(StoredBody body) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.source().sendTo(piece -> bytes.write(piece.array(), piece.arrayOffset(), piece.length()));
        return Bytes.wrap(bytes.toByteArray());
    }
}
