package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreHealth;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.StoredExchange;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is lost, and what is not, when the database cannot be written. */
class SqliteTroubleTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Random random = new Random(5);
    private @Nullable SqliteStore opened;
    private @Nullable Path mounted;

    @AfterEach
    void close() throws Exception {
        if (opened != null) {
            opened.close();
        }
        if (mounted != null) {
            new ProcessBuilder("umount", mounted.toString()).start().waitFor();
        }
    }

    @Test
    void aDatabaseThatIsLockedForAMomentLosesNothing() throws Exception {
        SqliteStore store = open(folder.resolve("requests.db"));
        SampleExchange sample = SampleExchange.now();
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            sample.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
            assertThat(store.writer().flush(Duration.ofMillis(500))).isFalse();
            statement.execute("ROLLBACK");
        }
        assertThat(store.writer().flush(BOUND)).isTrue();

        assertThat(read(store.reader().requestBody(sample.id()).orElseThrow())).isEqualTo(Bytes.utf8("request"));
        assertThat(store.writer().health().state()).isEqualTo(StoreHealth.State.RECORDING);
    }

    @Test
    void aDatabaseThatStaysLockedCostsBodiesAndNoExchange() throws Exception {
        SqliteStore store = open(folder.resolve("requests.db"));
        SampleExchange first = SampleExchange.now();
        SampleExchange later = SampleExchange.now();
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            first.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
            awaitTrouble(store);
            assertThat(store.writer().health().state()).isEqualTo(StoreHealth.State.DEGRADED);
            assertThat(store.writer().health().problem()).contains("SQLITE_BUSY");
            later.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
            statement.execute("ROLLBACK");
        }
        assertThat(store.writer().flush(BOUND)).isTrue();

        StoredExchange stored = store.reader().find(later.id()).orElseThrow();
        assertThat(stored.summary().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(stored.requestBody()).isNotNull();
        assertThat(stored.requestBody().state()).isEqualTo(BodyFacts.State.DROPPED);
        assertThat(store.reader().find(first.id()).orElseThrow().summary().outcome())
                .isEqualTo(Outcome.COMPLETED);
        assertThat(store.writer().health().droppedBodies()).isPositive();
        assertThat(store.writer().health().droppedExchanges()).isZero();
    }

    @Test
    void anAnswerThatThereIsNoMemoryToCompressIsDroppedAndCountedAndTheNextIsKept() throws Exception {
        MemoryBudget budget = new MemoryBudget(16 << 20);
        SqliteStore store = SqliteStore.open(folder.resolve("requests.db"), budget);
        opened = store;
        SampleExchange large = SampleExchange.now();
        SampleExchange small = SampleExchange.now();
        Bytes fits = noise(3 << 20);
        large.writeAll(store.writer(), Bytes.utf8("request"), noise(6 << 20));
        assertThat(store.writer().flush(BOUND)).isTrue();
        small.writeAll(store.writer(), Bytes.utf8("request"), fits);
        assertThat(store.writer().flush(BOUND)).isTrue();

        StoredExchange stored = store.reader().find(large.id()).orElseThrow();
        assertThat(stored.summary().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(Objects.requireNonNull(stored.responseBody()).state()).isEqualTo(BodyFacts.State.DROPPED);
        assertThat(store.writer().health().droppedBodies()).isEqualTo(1);
        assertThat(read(store.reader().responseBody(small.id()).orElseThrow())).isEqualTo(fits);
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void aFullDiskCostsBodiesAndRecordingRecoversByItself() throws Exception {
        Path small = mountSmallFileSystem();
        SqliteStore store = open(small.resolve("requests.db"), new FreeSpace.Limits(0, 0));
        Path filler = small.resolve("filler");
        Files.write(filler, new byte[24 << 20]);
        List<SampleExchange> samples = new ArrayList<>();
        List<Bytes> bodies = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            samples.add(SampleExchange.now());
            bodies.add(noise());
            samples.getLast().writeAll(store.writer(), bodies.getLast(), Bytes.utf8("answer"));
            // Not awaited for long: with the last page gone even what is known of an exchange must wait for room.
            store.writer().flush(Duration.ofMillis(300));
        }
        awaitTrouble(store);
        assertThat(store.writer().health().problem()).contains("SQLITE_FULL");

        Files.delete(filler);
        assertThat(store.writer().flush(BOUND)).isTrue();
        SampleExchange after = awaitStoredBody(store);

        assertThat(read(store.reader().responseBody(after.id()).orElseThrow())).isEqualTo(Bytes.utf8("answer"));
        int kept = 0;
        for (int i = 0; i < samples.size(); i++) {
            StoredExchange stored = store.reader().find(samples.get(i).id()).orElseThrow();
            assertThat(stored.summary().outcome()).isEqualTo(Outcome.COMPLETED);
            var body = store.reader().requestBody(samples.get(i).id());
            if (body.isPresent()) {
                kept++;
                assertThat(read(body.get())).isEqualTo(bodies.get(i));
            }
        }
        assertThat(kept).isBetween(1, samples.size() - 1);
        assertThat(store.writer().health().droppedExchanges()).isZero();
    }

    @Test
    void aNearlyFullDiskCostsBodiesAndNoExchange() throws Exception {
        SqliteStore store =
                open(folder.resolve("requests.db"), new FreeSpace.Limits(Long.MAX_VALUE, Long.MAX_VALUE - 1));
        SampleExchange sample = SampleExchange.now();
        sample.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
        assertThat(store.writer().flush(BOUND)).isTrue();

        StoredExchange stored = store.reader().find(sample.id()).orElseThrow();
        assertThat(stored.summary().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(store.reader().requestBody(sample.id())).isEmpty();
        assertThat(store.writer().health().state()).isEqualTo(StoreHealth.State.DEGRADED);
        assertThat(store.writer().health().problem()).contains("MiB left");
        assertThat(store.writer().health().droppedBodies()).isEqualTo(2);
    }

    @Test
    void aDatabaseThatIsDamagedWhileInUseIsMovedAside() throws Exception {
        Path file = folder.resolve("requests.db");
        SqliteStore store = open(file);
        SampleExchange before = SampleExchange.now();
        before.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
        assertThat(store.writer().flush(BOUND)).isTrue();
        damageTheTableOfExchanges(file);

        SampleExchange after = awaitStoredBody(store);

        assertThat(read(store.reader().requestBody(after.id()).orElseThrow())).isEqualTo(Bytes.utf8("request"));
        assertThat(folder)
                .isDirectoryContaining(each -> each.getFileName().toString().contains(".corrupt-"));
    }

    @Test
    void aDeletedDatabaseIsBegunAnew() throws Exception {
        Path file = folder.resolve("requests.db");
        SqliteStore store = open(file);
        SampleExchange before = SampleExchange.now();
        before.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
        SampleExchange running = SampleExchange.now();
        store.writer().write(running.begun());
        assertThat(store.writer().flush(BOUND)).isTrue();
        for (String part : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve("requests.db" + part));
        }

        SampleExchange after = SampleExchange.now();
        after.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
        store.writer().write(running.ended(Bytes.utf8("answer")));
        assertThat(store.writer().flush(BOUND)).isTrue();

        assertThat(read(store.reader().responseBody(after.id()).orElseThrow())).isEqualTo(Bytes.utf8("answer"));
        assertThat(store.reader().find(before.id())).isEmpty();
        assertThat(store.writer().health().droppedExchanges()).isEqualTo(1);
        Bytes key = store.redactionKey();
        store.close();
        assertThat(open(file).redactionKey()).isEqualTo(key);
    }

    @Test
    void anEventThatCannotBeStoredIsLostAlone() throws Exception {
        SqliteStore store = open(folder.resolve("requests.db"));
        SampleExchange twice = SampleExchange.now();
        SampleExchange other = SampleExchange.now();
        twice.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
        store.writer().write(twice.begun());
        other.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
        assertThat(store.writer().flush(BOUND)).isTrue();

        assertThat(store.reader().find(other.id())).isPresent();
        assertThat(store.reader().find(twice.id()).orElseThrow().summary().outcome())
                .isEqualTo(Outcome.COMPLETED);
        assertThat(store.writer().health().droppedExchanges()).isEqualTo(1);
    }

    /** Once the lock is gone what fails is the event, which waiting does not mend. */
    @Test
    void anEventThatCannotBeStoredIsLostAloneAlsoAfterALock() throws Exception {
        SqliteStore store = open(folder.resolve("requests.db"));
        SampleExchange twice = SampleExchange.now();
        SampleExchange other = SampleExchange.now();
        twice.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
        assertThat(store.writer().flush(BOUND)).isTrue();
        try (Connection blocking = connect();
                Statement statement = blocking.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            store.writer().write(twice.begun());
            other.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
            awaitTrouble(store);
            statement.execute("ROLLBACK");
        }
        assertThat(store.writer().flush(BOUND)).isTrue();

        assertThat(store.reader().find(other.id())).isPresent();
        assertThat(store.writer().health().droppedExchanges()).isEqualTo(1);
    }

    @Test
    void overItsMemoryTheStoreDropsBodiesThenExchanges() throws Exception {
        opened = SqliteStore.open(folder.resolve("requests.db"), new MemoryBudget(8 << 20));
        List<SampleExchange> samples = new ArrayList<>();
        long refused;
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (int i = 0; i < 400; i++) {
                samples.add(SampleExchange.now());
                samples.getLast().writeAll(opened.writer(), noise(), Bytes.utf8("answer"));
            }
            refused = opened.writer().health().droppedExchanges();
            assertThat(refused).isPositive();
            assertThat(opened.writer().health().droppedBodies()).isPositive();
            assertThat(opened.writer().health().queuedBytes()).isLessThanOrEqualTo(8 << 20);
            statement.execute("ROLLBACK");
        }
        assertThat(opened.writer().flush(BOUND)).isTrue();

        long stored = 0;
        for (SampleExchange sample : samples) {
            var found = opened.reader().find(sample.id());
            stored += found.isPresent() ? 1 : 0;
            found.ifPresent(each -> assertThat(each.summary().outcome()).isEqualTo(Outcome.COMPLETED));
        }
        assertThat(stored).isEqualTo(samples.size() - refused);
    }

    /** The change of the schema makes the writer read the file again. */
    private void damageTheTableOfExchanges(Path file) throws Exception {
        long page;
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE changed(id INTEGER)");
            try (var row = statement.executeQuery("SELECT rootpage FROM sqlite_master WHERE name = 'exchange'")) {
                page = row.getLong(1);
            }
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8_192), (page - 1) * 8_192);
        }
    }

    private SqliteStore open(Path file) {
        return open(file, FreeSpace.Limits.of(folder));
    }

    private SqliteStore open(Path file, FreeSpace.Limits limits) {
        SqliteStore store = SqliteStore.open(file, new MemoryBudget(256 << 20), limits);
        opened = store;
        return store;
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("requests.db"));
    }

    private Bytes noise() {
        return noise(1 << 20);
    }

    private Bytes noise(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return Bytes.wrap(noise);
    }

    private Path mountSmallFileSystem() throws Exception {
        Path point = Files.createDirectory(folder.resolve("small"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", point.toString()).start();
        Assumptions.assumeTrue(mount.waitFor() == 0, "a full disk needs the right to mount a tmpfs");
        mounted = point;
        return point;
    }

    private static void awaitTrouble(SqliteStore store) throws InterruptedException {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (store.writer().health().problem() == null && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(store.writer().health().problem()).isNotNull();
    }

    private static SampleExchange awaitStoredBody(SqliteStore store) throws InterruptedException {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (System.nanoTime() < deadline) {
            SampleExchange sample = SampleExchange.now();
            sample.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
            assertThat(store.writer().flush(BOUND)).isTrue();
            if (store.reader().responseBody(sample.id()).isPresent()) {
                return sample;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("bodies are still dropped");
    }

    private static Bytes read(StoredBody body) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.source().sendTo(piece -> bytes.write(piece.array(), piece.arrayOffset(), piece.length()));
        return Bytes.wrap(bytes.toByteArray());
    }
}
