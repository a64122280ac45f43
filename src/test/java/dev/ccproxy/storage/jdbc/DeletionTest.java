package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.config.RetentionSettings;
import dev.ccproxy.config.SearchIndex;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.query.Moment;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.CheckListener;
import dev.ccproxy.storage.ExchangeFilter;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.StoredExchange;
import dev.ccproxy.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionTest {

    private final Instant now = Instant.now();

    @TempDir
    private Path directory;

    private final Map<ExchangeId, String> written = new LinkedHashMap<>();
    private SqliteStore store;

    private Path file() {
        return directory.resolve("test.db");
    }

    @BeforeEach
    void openAnEmptyOne() {
        store = SqliteStore.open(file(), new MemoryBudget(64 << 20), RetentionSettings.NONE, SearchIndex.OFF);
    }

    private SqliteStore open(RetentionSettings retention) {
        store.close();
        store = SqliteStore.open(file(), new MemoryBudget(64 << 20), retention, SearchIndex.OFF);
        return store;
    }

    private SqliteStore open() {
        return open(RetentionSettings.NONE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private ExchangeId write(Instant at, String session, String body) {
        SampleExchange sample = new SampleExchange(at, "claude-opus-5-5", session);
        sample.writeAll(store.writer(), Bytes.utf8(body), Bytes.utf8("answer to " + body));
        written.put(sample.id(), body);
        return sample.id();
    }

    private void flush() throws InterruptedException {
        assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
    }

    /** A request whose messages are these texts; each long enough to be segments of its own. */
    private static String request(List<String> texts) {
        StringBuilder body = new StringBuilder("{\"model\":\"claude-opus-5-5\",\"messages\":[");
        for (int i = 0; i < texts.size(); i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"")
                    .append(texts.get(i))
                    .append("\"}]}");
        }
        return body.append("]}").toString();
    }

    /** Text of that many characters which nothing compresses below three quarters. */
    private static String noise(Random random, int length) {
        byte[] bytes = new byte[length * 3 / 4 + 3];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes).substring(0, length);
    }

    private Query query(String text) {
        if (Query.parse(text, new Moment(now, ZoneOffset.UTC)) instanceof Parsed.Understood(Query query)) {
            return query;
        }
        throw new AssertionError(text);
    }

    private long delete(String text) throws InterruptedException {
        return store.writer().delete(query(text), _ -> {});
    }

    private static String text(StoredBody body) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.source().sendTo(piece -> bytes.write(piece.array(), piece.arrayOffset(), piece.length()));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void assertStored(ExchangeId id) throws IOException, InterruptedException {
        String body = written.get(id);
        assertThat(text(store.reader().requestBody(id).orElseThrow())).isEqualTo(body);
        assertThat(text(store.reader().responseBody(id).orElseThrow())).isEqualTo("answer to " + body);
    }

    private void assertConsistent() throws InterruptedException {
        List<String> findings = new ArrayList<>();
        try (DatabaseInspection inspection = DatabaseInspection.open(file())) {
            inspection.check(new CheckListener() {
                @Override
                public void checked(String step, long done, long total) {}

                @Override
                public void found(String finding) {
                    findings.add(finding);
                }
            });
        }
        assertThat(findings).isEmpty();
        assertThat(number("SELECT count(*) FROM gc_queue")).isZero();
    }

    private long number(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private byte[] blob(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBytes(1);
        }
    }

    /** Whether the bytes stand anywhere in the database, its log included. */
    private boolean isOnDisk(byte[] wanted) throws IOException {
        String needle = new String(wanted, StandardCharsets.ISO_8859_1);
        for (String suffix : List.of("", "-wal")) {
            Path part = directory.resolve("test.db" + suffix);
            if (Files.exists(part)
                    && new String(Files.readAllBytes(part), StandardCharsets.ISO_8859_1).contains(needle)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void whatAQueryMeansGoesAndTheRestStaysExact() throws Exception {
        open();
        Random random = new Random(1);
        String shared = noise(random, 3_000);
        List<ExchangeId> kept = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            kept.add(write(now, "keep", request(List.of(shared, noise(random, 2_000)))));
            write(now, "drop", request(List.of(shared, noise(random, 2_000))));
        }
        flush();

        assertThat(delete("session:drop")).isEqualTo(20);

        assertThat(store.reader().count(ExchangeFilter.ALL)).isEqualTo(20);
        for (ExchangeId id : kept) {
            assertStored(id);
        }
        assertConsistent();
    }

    @Test
    void deletedTextIsGoneFromTheBytesOfTheFileAlsoWhereItSharedAPack() throws Exception {
        open();
        Random random = new Random(2);
        String shared = noise(random, 3_000);
        ExchangeId first = write(now, "one", request(List.of(shared, noise(random, 4_000))));
        ExchangeId second = write(now, "two", request(List.of(shared, noise(random, 2_000))));
        flush();
        byte[] pack = blob("SELECT data FROM pack ORDER BY id LIMIT 1");
        byte[] tail = Arrays.copyOfRange(pack, pack.length - 600, pack.length - 500);
        byte[] answer = blob("SELECT data FROM response_leg ORDER BY id LIMIT 1");
        byte[] answerTail = Arrays.copyOfRange(answer, answer.length - 200, answer.length - 100);
        assertThat(isOnDisk(tail)).isTrue();
        assertThat(isOnDisk(answerTail)).isTrue();

        assertThat(store.writer().delete(first)).isTrue();

        assertThat(isOnDisk(tail)).isFalse();
        assertThat(isOnDisk(answerTail)).isFalse();
        assertThat(number("SELECT count(*) FROM pack")).isEqualTo(2);
        assertStored(second);
        assertConsistent();
        assertThat(store.writer().delete(first)).isFalse();
    }

    /** A reader that began before keeps the log, in which the text still stands. */
    @Test
    void aDeletionIsNotDoneWhileAReaderKeepsDeletedText() throws Exception {
        open();
        ExchangeId id = write(now, "one", request(List.of(noise(new Random(9), 4_000))));
        flush();
        byte[] answer = blob("SELECT data FROM response_leg");
        byte[] tail = Arrays.copyOfRange(answer, answer.length - 200, answer.length - 100);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> deleted;
            try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file());
                    Statement statement = reader.createStatement()) {
                statement.execute("BEGIN");
                statement.executeQuery("SELECT count(*) FROM exchange").close();
                deleted = executor.submit(() -> store.writer().delete(id));
                Patience.untilPasses(() ->
                        assertThat(number("SELECT count(*) FROM exchange")).isZero());
                write(now, "two", request(List.of("recording goes on")));
                flush();
                assertThat(deleted.isDone()).isFalse();
                statement.execute("ROLLBACK");
            }
            assertThat(deleted.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(isOnDisk(tail)).isFalse();
    }

    @Test
    void aDeletionThatFailsAltogetherCostsNeitherTheWriterNorTheNextDeletion() throws Exception {
        open();
        write(now, "one", request(List.of("first")));
        flush();
        assertThatThrownBy(() -> store.writer().delete(Query.EVERYTHING, _ -> {
                    throw new StackOverflowError("on purpose");
                }))
                .isInstanceOf(StoreException.class);

        ExchangeId later = write(now, "one", request(List.of("second")));
        flush();
        assertStored(later);
        assertThat(store.writer().deleteAll()).isEqualTo(2);
        assertConsistent();
    }

    /** The session is known from the body only: until then the exchange stood in the one of its day. */
    @Test
    void nothingIsLeftOfASessionThatAnExchangeOnlyPassedThrough() throws Exception {
        open();
        SampleExchange sample = SampleExchange.now();
        StoreEvent.Begun begun = sample.begun();
        store.writer()
                .write(new StoreEvent.Begun(
                        SampleExchange.withoutSession(begun.summary()),
                        begun.target(),
                        begun.clientAddress(),
                        begun.tokenName(),
                        begun.headers()));
        flush();
        store.writer().write(sample.request(Bytes.utf8("{}")));
        store.writer().write(sample.ended(Bytes.EMPTY));
        flush();

        assertThat(store.writer().deleteAll()).isEqualTo(1);

        assertThat(number("SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM thread)"
                        + " + (SELECT count(*) FROM rollup) + (SELECT count(*) FROM keyframe)"))
                .isZero();
    }

    @Test
    void textThatOthersSentTooIsStoredAgainWhenItComesAgain() throws Exception {
        open();
        Random random = new Random(3);
        String one = noise(random, 3_000);
        ExchangeId gone = write(now, "a", request(List.of(one)));
        flush();
        store.writer().delete(gone);
        ExchangeId again = write(now, "a", request(List.of(one)));
        flush();

        assertStored(again);
        assertConsistent();
    }

    @Test
    void theFileShrinksByWhatWasDeleted() throws Exception {
        open();
        Random random = new Random(4);
        List<ExchangeId> kept = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            kept.add(write(now, "keep", request(List.of(noise(random, 20_000)))));
            write(now, "drop", request(List.of(noise(random, 20_000))));
        }
        flush();
        store.close();
        long before = Files.size(file());
        open();

        delete("session:drop");

        assertThat(Files.size(file())).isLessThan(before * 6 / 10);
        for (ExchangeId id : kept) {
            assertStored(id);
        }
    }

    @Test
    void aRunningExchangeIsNotDeleted() throws Exception {
        open();
        SampleExchange running = new SampleExchange(now, "claude-opus-5-5", "s");
        store.writer().write(running.begun());
        store.writer().write(running.request(Bytes.utf8(request(List.of("hello")))));
        write(now, "s", request(List.of("hello", "more")));
        flush();

        assertThat(store.writer().deleteAll()).isEqualTo(1);
        assertThat(store.writer().delete(running.id())).isFalse();
        store.writer().write(running.ended(Bytes.utf8("answer")));
        flush();

        assertThat(text(store.reader().requestBody(running.id()).orElseThrow())).isEqualTo(request(List.of("hello")));
        assertConsistent();
    }

    @Test
    void exchangesThatAreTooOldGoButForStarredSessions() throws Exception {
        open();
        Instant old = now.minus(Duration.ofDays(40));
        write(old, "plain", request(List.of("old")));
        ExchangeId starred = write(old, "starred", request(List.of("old and dear")));
        ExchangeId recent = write(now, "plain", request(List.of("new")));
        flush();
        assertThat(store.writer().star(starred, true)).isTrue();

        open(new RetentionSettings(Optional.of(Duration.ofDays(30)), Optional.empty(), Optional.empty()));

        awaitRetention(() -> store.reader().count(ExchangeFilter.ALL) == 2);
        assertStored(starred);
        assertStored(recent);
        store.writer().tag(recent, Set.of());
        assertConsistent();
    }

    @Test
    void bodiesThatAreTooOldGoAndTheirExchangesStay() throws Exception {
        open();
        ExchangeId old = write(now.minus(Duration.ofDays(8)), "s", request(List.of("old")));
        ExchangeId recent = write(now, "s", request(List.of("old", "new")));
        flush();

        open(new RetentionSettings(Optional.empty(), Optional.empty(), Optional.of(Duration.ofDays(7))));

        awaitRetention(() -> store.reader().responseBody(old).isEmpty());
        StoredExchange row = store.reader().find(old).orElseThrow();
        BodyFacts body = row.requestBody();
        assertThat(body == null ? null : body.state()).isEqualTo(BodyFacts.State.DROPPED);
        assertThat(row.summary().usage()).isNotNull();
        assertStored(recent);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            assertThat(new DoomedByAge(Long.MAX_VALUE).next(connection, 10).rows())
                    .as("only the recent one has a body that could go")
                    .hasSize(1);
        }
        store.writer().tag(recent, Set.of("done"));
        assertConsistent();
    }

    @Test
    void theOldestExchangesGoWhileTheFileIsTooLarge() throws Exception {
        open();
        Random random = new Random(5);
        ExchangeId last = null;
        for (int i = 0; i < 200; i++) {
            last = write(now.minusSeconds(1_000 - i), "s" + i % 7, request(List.of(noise(random, 20_000))));
        }
        flush();
        store.close();
        long limit = Files.size(file()) / 2;

        open(new RetentionSettings(Optional.empty(), Optional.of(limit), Optional.empty()));

        awaitRetention(() -> fileSize() <= limit);
        assertStored(Objects.requireNonNull(last));
        assertThat(store.reader().count(ExchangeFilter.ALL)).isBetween(60L, 120L);
        store.writer().tag(last, Set.of());
        assertConsistent();
    }

    private static void awaitRetention(BooleanSupplier done) {
        Patience.untilPasses(() -> assertThat(done.getAsBoolean()).isTrue());
    }

    private long fileSize() {
        try {
            return Files.size(file());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Writes, deletions and re-openings in any order: every body that remains is exact, and everything fits together. */
    @Test
    void anyOrderOfWritesAndDeletionsLeavesWhatRemainsExact() throws Exception {
        long seed = Long.getLong("ccproxy.seed", System.nanoTime());
        Random random = new Random(seed);
        open();
        List<String> texts = new ArrayList<>();
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(12)) {
                case 0 -> open();
                case 1 -> {
                    String session = "s" + random.nextInt(4);
                    delete("session:" + session);
                    written.keySet().removeIf(id -> store.reader().find(id).isEmpty());
                }
                case 2, 3 -> {
                    List<ExchangeId> ids = List.copyOf(written.keySet());
                    if (!ids.isEmpty()) {
                        ExchangeId id = ids.get(random.nextInt(ids.size()));
                        flush();
                        assertThat(store.writer().delete(id))
                                .as("seed %d", seed)
                                .isTrue();
                        written.remove(id);
                    }
                }
                default -> {
                    texts.add(noise(random, 1_100 + random.nextInt(2_000)));
                    List<String> said = new ArrayList<>();
                    for (int i = 0; i < 1 + random.nextInt(6); i++) {
                        said.add(texts.get(random.nextInt(texts.size())));
                    }
                    write(now.minusSeconds(random.nextInt(5_000)), "s" + random.nextInt(4), request(said));
                }
            }
        }
        flush();
        assertThat(store.reader().count(ExchangeFilter.ALL)).as("seed %d", seed).isEqualTo(written.size());
        for (ExchangeId id : written.keySet()) {
            assertStored(id);
        }
        assertConsistent();
    }
}
