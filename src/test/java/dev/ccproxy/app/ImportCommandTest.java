package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.original.OriginalFile;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    @TempDir
    private Path directory;

    private void original() throws SQLException {
        try (OriginalFile original = new OriginalFile(directory.resolve("requests.db"))) {
            original.add("a", "2025-11-28T13:03:01Z", OriginalFile.HEADERS, OriginalFile.BODY, OriginalFile.ERROR);
            original.add("b", "2025-11-28T13:03:02Z", "none", OriginalFile.BODY, OriginalFile.ERROR);
        }
    }

    @Test
    void saysWhatWasTakenOverAndWhatWasLeftOut() throws SQLException {
        original();
        CommandRun run = new CommandRun(directory);

        assertThat(run.of("import", "--from-original", "requests.db")).isEqualTo(ExitCodes.FAILED);

        assertThat(run.output()).contains("1 exchanges imported into ", "0 were there already, 1 could not be read");
        assertThat(run.errors()).contains("row b is left out: its headers are no JSON object");
    }

    @Test
    void aStoreInUseIsLeftAloneAndEndsWithFive() throws SQLException {
        original();
        CommandRun run = new CommandRun(directory);
        try (SqliteStore used = SqliteStore.open(directory.resolve("store.db"), new MemoryBudget(1 << 20))) {
            assertThat(used.redactionKey().length()).isEqualTo(32);

            assertThat(run.of("import", "--from-original", "requests.db")).isEqualTo(ExitCodes.STORE_NOT_USABLE);
        }
        assertThat(run.errors()).contains("is in use by another process (pid ");
    }

    @Test
    void theFileIsNotImportedIntoItself() throws SQLException {
        original();
        CommandRun run = new CommandRun(directory);
        String path = directory.resolve("requests.db").toString();

        assertThat(run.of("--storage.db_path", path, "import", "--from-original", "requests.db"))
                .isEqualTo(ExitCodes.WRONG_USE);

        assertThat(run.errors()).contains("./ccproxy --storage.db_path ccproxy.db import --from-original requests.db");
    }

    @Test
    void withoutASourceItIsWrongUse() {
        CommandRun run = new CommandRun(directory);
        assertThat(run.of("import")).isEqualTo(ExitCodes.WRONG_USE);
        assertThat(run.errors()).contains("--from-original");
    }
}
