package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreContract;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

    @TempDir
    Path folder;

    private Path file;
    private SqliteStore store;

    @BeforeEach
    void open() {
        file = folder.resolve("requests.db");
        store = SqliteStore.open(file, new MemoryBudget(256 << 20));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ExchangeWriter writer() {
        return store.writer();
    }

    @Override
    protected ExchangeReader reader() {
        return store.reader();
    }

    @Override
    protected void reopen() {
        store.close();
        store = SqliteStore.open(file, new MemoryBudget(256 << 20));
    }

    @Test
    void theKeyForCredentialsOutlivesTheProcess() {
        Bytes key = store.redactionKey();
        reopen();
        assertThat(store.redactionKey()).isEqualTo(key);
        assertThat(key.length()).isEqualTo(32);
    }

    @Test
    void equalRequestsAreStoredOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            SampleExchange.now().writeAll(writer(), Bytes.utf8("the same"), Bytes.utf8("answer"));
        }
        settle();
        assertThat(number("SELECT count(*) FROM pack")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM segment")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM thread_pack")).isEqualTo(1);
    }

    @Test
    void aCorruptBodyIsReportedAndHarmsNoOther() throws Exception {
        SampleExchange broken = SampleExchange.now();
        SampleExchange sound = SampleExchange.now();
        broken.writeAll(writer(), Bytes.utf8("one"), Bytes.utf8("answer"));
        sound.writeAll(writer(), Bytes.utf8("two"), Bytes.utf8("answer"));
        settle();
        execute("UPDATE pack SET data = (SELECT data FROM pack WHERE id = 2) WHERE id = 1");

        assertThatThrownBy(() -> read(reader().requestBody(broken.id()).orElseThrow()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(broken.id().toString());
        assertThat(read(reader().requestBody(sound.id()).orElseThrow())).isEqualTo(Bytes.utf8("two"));
    }

    @Test
    void deletingReturnsTheSpace() throws Exception {
        byte[] noise = new byte[2 << 20];
        new java.util.Random(1).nextBytes(noise);
        SampleExchange.now().writeAll(writer(), Bytes.wrap(noise), Bytes.EMPTY);
        settle();
        long before = number("PRAGMA page_count");

        writer().deleteAll();

        assertThat(number("PRAGMA page_count")).isLessThan(before / 4);
    }

    @Test
    void aSecondHolderIsRefused() {
        assertRefused(file, Reason.LOCKED, "in use");
    }

    @Test
    void aDatabaseOfANewerProgramIsRefused() throws Exception {
        execute("INSERT INTO schema_version VALUES (99, '', '')");
        store.close();
        assertRefused(file, Reason.TOO_NEW, "schema version 99");
    }

    @Test
    void aDatabaseOfAnUnreleasedBuildIsRefused() throws Exception {
        execute("UPDATE schema_version SET checksum = '00112233445566778899aabbccddeeff'");
        store.close();
        assertRefused(file, Reason.TOO_NEW, "never released");
    }

    @Test
    void exchangesWithoutASessionHaveNone() throws Exception {
        SampleExchange sample = SampleExchange.now();
        StoreEvent.Begun begun = sample.begun();
        writer().write(new StoreEvent.Begun(
                SampleExchange.withoutSession(begun.summary()),
                begun.target(),
                begun.clientAddress(),
                begun.tokenName(),
                begun.headers()));
        settle();

        assertThat(reader().find(sample.id()).orElseThrow().summary().sessionId())
                .isNull();
        assertThat(number("SELECT count(*) FROM session WHERE named = 0")).isEqualTo(1);
    }

    @Test
    void sumsFollowWhatEnded() throws Exception {
        for (int i = 0; i < 3; i++) {
            SampleExchange.now().writeAll(writer(), Bytes.utf8("{}"), Bytes.utf8("answer"));
        }
        writer().write(SampleExchange.now().begun());
        settle();

        assertThat(number("SELECT exchanges FROM thread")).isEqualTo(4);
        assertThat(number("SELECT output_tokens FROM thread")).isEqualTo(6);
        assertThat(number("SELECT sum(exchanges) FROM rollup")).isEqualTo(3);
        reopen();
        assertThat(number("SELECT sum(exchanges) FROM rollup")).isEqualTo(4);
        assertThat(number("SELECT sum(failed) FROM rollup")).isEqualTo(1);
    }

    @Test
    void theDatabaseOfTheOriginalIsLeftUntouched() throws Exception {
        Path original = folder.resolve("original.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + original);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE requests(id TEXT PRIMARY KEY, timestamp DATETIME, method TEXT)");
        }
        byte[] before = Files.readAllBytes(original);

        assertRefused(original, Reason.FOREIGN, "import --from-original");

        assertThat(Files.readAllBytes(original)).isEqualTo(before);
    }

    @Test
    void aFolderThatDoesNotExistIsNamed() {
        assertRefused(folder.resolve("missing/requests.db"), Reason.UNAVAILABLE, "missing");
    }

    @Test
    void aCorruptFileIsMovedAside() throws Exception {
        store.close();
        Path other = folder.resolve("other.db");
        Files.writeString(other, "this is no database at all ".repeat(100));

        try (SqliteStore fresh = SqliteStore.open(other, new MemoryBudget(1 << 20))) {
            assertThat(fresh.reader().count(dev.ccproxy.storage.ExchangeFilter.ALL))
                    .isZero();
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("other.db.corrupt-"));
        }
    }

    private static void assertRefused(Path path, Reason reason, String text) {
        assertThatThrownBy(
                        () -> SqliteStore.open(path, new MemoryBudget(1 << 20)).close())
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason))
                .hasMessageContaining(text);
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
