package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.ExchangeFilter;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbCommandsTest {

    @TempDir
    private Path directory;

    private Path database() {
        return directory.resolve("store.db");
    }

    private SqliteStore open(Path path) {
        return SqliteStore.open(path, new MemoryBudget(16 << 20));
    }

    private static void record(SqliteStore store, int exchanges) throws InterruptedException {
        for (int i = 0; i < exchanges; i++) {
            SampleExchange.now().writeAll(store.writer(), Bytes.utf8("request " + i), Bytes.utf8("answer " + i));
        }
        assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
    }

    private void recorded(int exchanges) throws InterruptedException {
        try (SqliteStore store = open(database())) {
            record(store, exchanges);
        }
    }

    private void damage(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void statsTellWhatIsThereAlsoWhileTheProxyRuns() throws InterruptedException {
        try (SqliteStore store = open(database())) {
            record(store, 3);
            CommandRun run = new CommandRun(directory);

            assertThat(run.of("db", "stats")).isZero();

            assertThat(run.output())
                    .containsPattern("exchanges +3\n")
                    .containsPattern("recorded +2130 bytes")
                    .containsPattern("  exchange +3 ")
                    .contains("oldest", "newest", "times smaller");
        }
    }

    @Test
    void deleteTakesWhatIsSaidAndNothingWithoutAYes() throws InterruptedException {
        recorded(3);
        assertThat(new CommandRun(directory).of("db", "delete")).isEqualTo(ExitCodes.WRONG_USE);
        assertThat(new CommandRun(directory).of("db", "delete", "--all", "--id", "0"))
                .isEqualTo(ExitCodes.WRONG_USE);
        assertThat(new CommandRun(directory).of("db", "delete", "--query", "colour:red", "--yes"))
                .isEqualTo(ExitCodes.WRONG_USE);
        assertThat(new CommandRun(directory).of("db", "delete", "--all")).isEqualTo(ExitCodes.FAILED);

        CommandRun none = new CommandRun(directory);
        assertThat(none.of("db", "delete", "--session", "another", "--yes")).isZero();
        assertThat(none.output()).isEqualTo("0 exchanges deleted\n");

        CommandRun all = new CommandRun(directory);
        assertThat(all.of("db", "delete", "--before", "2100-01-01", "--yes")).isZero();
        assertThat(all.output()).isEqualTo("3 exchanges deleted\n");
    }

    @Test
    void deleteLeavesAStoreInUseAlone() throws InterruptedException {
        try (SqliteStore store = open(database())) {
            record(store, 1);
            assertThat(new CommandRun(directory).of("db", "delete", "--all", "--yes"))
                    .isEqualTo(ExitCodes.STORE_NOT_USABLE);
        }
    }

    @Test
    void checkFindsNothingInWhatWasWritten() throws InterruptedException {
        try (SqliteStore store = open(database())) {
            record(store, 20);
            CommandRun run = new CommandRun(directory);

            assertThat(run.of("db", "check")).as(run.output()).isZero();
            assertThat(run.output()).isEqualTo("everything is as it was written\n");
        }
    }

    @Test
    void checkNamesEachExchangeWhoseBodyIsNotWhatItWas() throws Exception {
        recorded(3);
        damage("UPDATE response_leg SET data = zeroblob(20) WHERE id = 12");
        damage("UPDATE request_leg SET sha256 = zeroblob(32) WHERE id = 17");
        CommandRun run = new CommandRun(directory);

        assertThat(run.of("db", "check")).isEqualTo(ExitCodes.FAILED);

        assertThat(run.output().lines())
                .anyMatch(line -> line.startsWith("the answer of exchange "))
                .anyMatch(line -> line.startsWith("the request body of exchange "))
                .contains("2 findings");
    }

    @Test
    void checkFindsRowsThatDoNotFitTogether() throws Exception {
        recorded(3);
        damage("DELETE FROM exchange WHERE id = 2");
        damage("DELETE FROM pack WHERE id = 3");
        CommandRun run = new CommandRun(directory);

        assertThat(run.of("db", "check")).isEqualTo(ExitCodes.FAILED);

        assertThat(run.output())
                .contains("1 request legs without their exchange, such as 2")
                .contains("1 response legs without their exchange, such as 2")
                .contains("pack 3 is missing")
                .contains("1 edges without their pack, such as 3")
                .contains("1 models with a wrong count of exchanges, such as claude-opus-5-5")
                .contains("1 threads with a wrong count of exchanges")
                .contains("1 threads with wrong sums")
                .contains("1 hours with wrong sums");
    }

    @Test
    void aBackupOfARunningStoreCanTakeItsPlace() throws InterruptedException {
        Path copy = directory.resolve("copy.db");
        try (SqliteStore store = open(database())) {
            record(store, 5);
            CommandRun run = new CommandRun(directory);
            assertThat(run.of("db", "backup", "copy.db")).as(run.errors()).isZero();
            assertThat(run.output()).contains("copy.db: ", "stop the proxy");
            record(store, 1);
        }

        try (SqliteStore restored = open(copy)) {
            assertThat(restored.reader().count(ExchangeFilter.ALL)).isEqualTo(5);
            record(restored, 1);
        }
        CommandRun check = new CommandRun(directory);
        assertThat(check.of("--storage.db_path", copy.toString(), "db", "check"))
                .as(check.output())
                .isZero();
    }

    @Test
    void aBackupNeverReplacesAFile() throws Exception {
        recorded(1);
        Files.writeString(directory.resolve("copy.db"), "mine");
        CommandRun run = new CommandRun(directory);

        assertThat(run.of("db", "backup", "copy.db")).isEqualTo(ExitCodes.FAILED);

        assertThat(run.errors()).contains("copy.db exists already");
        assertThat(directory.resolve("copy.db")).hasContent("mine");
    }

    @Test
    void vacuumWritesTheFileAnewUnlessItIsInUse() throws Exception {
        try (SqliteStore store = open(database())) {
            record(store, 200);
            store.writer().deleteAll();
            CommandRun run = new CommandRun(directory);
            assertThat(run.of("db", "vacuum")).isEqualTo(ExitCodes.STORE_NOT_USABLE);
            assertThat(run.errors()).contains("in use by another process");
        }
        damage("PRAGMA auto_vacuum=NONE");
        damage("CREATE TABLE waste AS SELECT zeroblob(1000000) AS x");
        damage("DROP TABLE waste");
        long before = Files.size(database());
        CommandRun run = new CommandRun(directory);

        assertThat(run.of("db", "vacuum")).as(run.errors()).isZero();

        assertThat(Files.size(database())).isLessThan(before - 900_000);
        assertThat(run.output()).contains(" before, ", " now");
    }

    @Test
    void whatIsNoDatabaseOfOursIsLeftAlone() throws IOException, SQLException {
        CommandRun none = new CommandRun(directory);
        assertThat(none.of("db", "stats")).isEqualTo(ExitCodes.FAILED);
        assertThat(none.errors()).contains("there is no database");
        assertThat(database()).doesNotExist();

        damage("CREATE TABLE requests(id TEXT)");
        CommandRun foreign = new CommandRun(directory);
        assertThat(foreign.of("db", "check")).isEqualTo(ExitCodes.STORE_NOT_USABLE);
        assertThat(foreign.errors()).contains("import --from-original");
        Files.delete(database());

        Files.writeString(database(), "This is no database at all, but a text that goes on for a while.".repeat(20));
        CommandRun text = new CommandRun(directory);
        assertThat(text.of("db", "backup", "copy.db")).isEqualTo(ExitCodes.FAILED);
        assertThat(directory.resolve("copy.db")).doesNotExist();
    }

    @Test
    void dbAloneIsWrongUse() {
        CommandRun run = new CommandRun(directory);
        assertThat(run.of("db")).isEqualTo(ExitCodes.WRONG_USE);
        assertThat(run.errors()).contains("db needs a command");
    }
}
