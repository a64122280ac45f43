package dev.ccproxy.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.recording.Derivations;
import dev.ccproxy.recording.PastExchanges;
import dev.ccproxy.storage.ExchangeFilter;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.StoredExchange;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalImportTest {

    @TempDir
    private Path directory;

    private final List<String> broken = new ArrayList<>();
    private OriginalFile original;
    private SqliteStore store;

    @BeforeEach
    void open() throws SQLException, IOException {
        original = new OriginalFile(
                Files.createDirectory(directory.resolve("original")).resolve("requests.db"));
        store = SqliteStore.open(directory.resolve("store.db"), new MemoryBudget(64 << 20));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        original.close();
    }

    private OriginalImport.Result runImport() throws InterruptedException {
        PastExchanges exchanges = new PastExchanges(
                store.writer(), new Redaction(store.redactionKey(), "x-api-key"), Derivations.withoutStore());
        return new OriginalImport(store.reader(), store.writer(), exchanges, new OriginalImport.Progress() {
                    @Override
                    public void at(long done, long total) {
                        assertThat(done).isLessThanOrEqualTo(total);
                    }

                    @Override
                    public void broken(String row, String reason) {
                        broken.add(row + ": " + reason);
                    }
                })
                .run(original.path());
    }

    private List<ExchangeSummary> stored() {
        return store.reader().list(ExchangeQuery.newest(100)).items();
    }

    private StoredExchange only() {
        assertThat(stored()).hasSize(1);
        return store.reader().find(stored().getFirst().id()).orElseThrow();
    }

    private static String text(StoredBody body) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.source().sendTo(piece -> bytes.write(piece.array(), piece.arrayOffset(), piece.length()));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aStreamedExchangeIsUnderstoodAsALiveOne() throws Exception {
        original.add(
                "a1b2",
                "2025-11-28T13:03:29-08:00",
                OriginalFile.HEADERS,
                OriginalFile.BODY,
                OriginalFile.stream(OriginalFile.wholeStream()));

        assertThat(runImport()).isEqualTo(new OriginalImport.Result(1, 0, 0));

        ExchangeSummary summary = only().summary();
        assertThat(summary.at()).isEqualTo(Instant.parse("2025-11-28T21:03:29Z"));
        assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(summary.kind()).isEqualTo(Kind.MAIN);
        assertThat(summary.status()).isEqualTo(200);
        assertThat(summary.model()).isEqualTo("claude-opus-4-1");
        assertThat(summary.sessionId()).isEqualTo("11111111-2222-3333-4444-555555555555");
        assertThat(summary.preview()).isEqualTo("Yes, it is.");
        assertThat(summary.usage()).isEqualTo(new Usage(12, 5, 0, 0, 0));
        assertThat(summary.duration()).isEqualTo(Duration.ofMillis(2500));
        assertThat(summary.timeToHead()).isNull();
        assertThat(only().requestId()).isEqualTo("req_1");
        assertThat(only().messageId()).isEqualTo("msg_1");
        assertThat(only().detail()).isEqualTo("recorded by the original claude-code-proxy as a1b2");
        assertThat(only().requestHeaders().first("x-api-key").orElseThrow()).startsWith("hmac:");
    }

    @Test
    void bodiesStayAsTheOriginalWroteThem() throws Exception {
        original.add(
                "s",
                "2025-11-28 13:03:29",
                OriginalFile.HEADERS,
                OriginalFile.BODY,
                OriginalFile.stream(OriginalFile.wholeStream()));
        original.add(
                "j",
                "2025-11-28 13:03:28",
                OriginalFile.HEADERS,
                OriginalFile.BODY,
                "{\"statusCode\":200,\"headers\":{},\"body\":" + OriginalFile.MESSAGE + ",\"responseTime\":9}");

        runImport();

        ExchangeReader reader = store.reader();
        ExchangeSummary streamed = stored().getFirst();
        ExchangeSummary plain = stored().getLast();
        assertThat(text(reader.requestBody(streamed.id()).orElseThrow())).isEqualTo(OriginalFile.BODY);
        assertThat(text(reader.responseBody(streamed.id()).orElseThrow()))
                .startsWith("data: {\"type\":\"message_start\"")
                .endsWith("data: {\"type\":\"message_stop\"}\n\n");
        assertThat(text(reader.responseBody(plain.id()).orElseThrow())).isEqualTo(OriginalFile.MESSAGE);
        assertThat(plain.usage()).isEqualTo(new Usage(7, 3, 0, 0, 0));
    }

    @Test
    void errorsAndMissingAnswersKeepTheirOutcome() throws Exception {
        original.add("e", "2025-11-28T13:03:01Z", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.ERROR);
        original.add("n", "2025-11-28T13:03:02Z", OriginalFile.HEADERS, OriginalFile.BODY, null);
        String[] cut = Stream.of(OriginalFile.wholeStream()).limit(3).toArray(String[]::new);
        original.add("c", "2025-11-28T13:03:03Z", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.stream(cut));

        assertThat(runImport().imported()).isEqualTo(3);

        assertThat(stored())
                .extracting(ExchangeSummary::outcome)
                .containsExactly(Outcome.INTERRUPTED, Outcome.INTERRUPTED, Outcome.UPSTREAM_ERROR);
        assertThat(stored().getLast().status()).isEqualTo(529);
        assertThat(stored().getLast().error()).isEqualTo("busy");
        assertThat(stored().get(1).duration()).isNull();
        assertThat(stored().get(1).error()).endsWith("as n, without an answer");
    }

    @Test
    void theRequestedModelIsTheOneBeforeRouting() throws Exception {
        original.add("r", "2025-11-28T13:03:01Z", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.ERROR);
        original.execute("UPDATE requests SET original_model = 'claude-sonnet-4'");

        runImport();

        assertThat(only().summary().requestedModel()).isEqualTo("claude-sonnet-4");
        assertThat(store.reader().count(new ExchangeFilter("sonnet"))).isEqualTo(1);
    }

    @Test
    void brokenRowsAreNamedAndTheOthersImported() throws Exception {
        original.add("good", "2025-11-28T13:03:01Z", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.ERROR);
        original.add("time", "yesterday", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.ERROR);
        original.execute("UPDATE requests SET created_at = NULL WHERE id = 'time'");
        original.add("headers", "2025-11-28T13:03:02Z", "{\"A\":[", OriginalFile.BODY, OriginalFile.ERROR);
        original.add("body", "2025-11-28T13:03:03Z", OriginalFile.HEADERS, "{\"model\":", OriginalFile.ERROR);
        original.add("answer", "2025-11-28T13:03:04Z", OriginalFile.HEADERS, OriginalFile.BODY, "[]");
        original.add("good2", "2025-11-28T13:03:05Z", OriginalFile.HEADERS, OriginalFile.BODY, null);

        assertThat(runImport()).isEqualTo(new OriginalImport.Result(2, 0, 4));

        assertThat(broken)
                .containsExactly(
                        "time: its timestamp is no time",
                        "headers: its headers are no JSON object",
                        "body: its body is no JSON",
                        "answer: its response is not what the original writes");
    }

    @Test
    void asManyRowsAsThereAreGoThroughAndASecondImportAddsNone() throws Exception {
        original.execute("BEGIN");
        for (int i = 0; i < 700; i++) {
            original.add(
                    "row" + i, "2025-11-28T13:03:01Z", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.ERROR);
        }
        original.execute("COMMIT");

        assertThat(runImport()).isEqualTo(new OriginalImport.Result(700, 0, 0));
        assertThat(runImport()).isEqualTo(new OriginalImport.Result(0, 700, 0));

        assertThat(store.reader().count(ExchangeFilter.ALL)).isEqualTo(700);
    }

    @Test
    void whatAKilledImportBeganIsFinishedByTheNext() throws Exception {
        original.add("half", "2025-11-28T13:03:01Z", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.ERROR);
        runImport();
        StoredExchange whole = only();
        store.writer().deleteAll();
        store.writer()
                .write(new StoreEvent.Begun(
                        new RunningCopy(whole.summary()).summary(), whole.target(), "", null, whole.requestHeaders()));
        store.close();
        store = SqliteStore.open(directory.resolve("store.db"), new MemoryBudget(64 << 20));
        assertThat(only().summary().outcome()).isEqualTo(Outcome.INTERRUPTED);

        assertThat(runImport()).isEqualTo(new OriginalImport.Result(1, 0, 0));

        assertThat(only()).isEqualTo(whole);
        assertThat(text(store.reader().requestBody(whole.summary().id()).orElseThrow()))
                .isEqualTo(OriginalFile.BODY);
    }

    /** An exchange as its beginning stands in the store. */
    private record RunningCopy(ExchangeSummary ended) {
        ExchangeSummary summary() {
            return new ExchangeSummary(
                    ended.id(),
                    ended.at(),
                    Outcome.RUNNING,
                    ended.kind(),
                    ended.method(),
                    ended.path(),
                    null,
                    null,
                    null,
                    null,
                    ended.requestedModel(),
                    ended.sessionId(),
                    ended.agentId(),
                    ended.parentAgentId(),
                    null,
                    0,
                    null,
                    null,
                    null,
                    null,
                    null,
                    ended.requestBytes(),
                    0,
                    null,
                    Findings.NONE);
        }
    }

    @Test
    void theFileOfAStoppedProgramAndItsFolderAreNotTouched() throws Exception {
        original.add("a", "2025-11-28T13:03:01Z", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.ERROR);
        original.close();
        byte[] before = Files.readAllBytes(original.path());

        assertThat(runImport().imported()).isEqualTo(1);

        assertThat(Files.readAllBytes(original.path())).isEqualTo(before);
        try (Stream<Path> files = Files.list(original.path().getParent())) {
            assertThat(files).containsExactly(original.path());
        }
    }

    @Test
    void whatARunningOriginalHasInItsLogIsReadToo() throws Exception {
        original.execute("PRAGMA wal_autocheckpoint=0");
        original.add("a", "2025-11-28T13:03:01Z", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.ERROR);

        assertThat(runImport().imported()).isEqualTo(1);
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "no database");
        assertThatThrownBy(() -> OriginalDatabase.open(text)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> OriginalDatabase.open(directory.resolve("none.db")))
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> OriginalDatabase.open(directory.resolve("store.db")))
                .hasMessageContaining("no table requests");
    }
}
