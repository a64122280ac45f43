package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.CheckListener;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.jdbc.DatabaseInspection;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL under load: nothing that was acknowledged is lost, and the store opens cleanly. */
class KilledProcessTest {

    private static final Duration LOAD = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    /** Once; {@code -Dkills=20} for more, each time into what the last one left. */
    @Test
    void whatWasAcknowledgedIsThere() throws Exception {
        Path file = folder.resolve("requests.db");
        int kills = Integer.getInteger("kills", 1);
        int checked = 0;
        for (int kill = 1; kill <= kills; kill++) {
            checked += recordAndKill(file);
        }
        assertNoOrphans(file);
        System.out.println("killed " + kills + " times: " + checked + " exchanges are whole, 0 lost, no orphans");
    }

    private static int recordAndKill(Path file) throws Exception {
        List<ExchangeId> acknowledged = new ArrayList<>();
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordingUnderLoad.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            Thread killer = Thread.ofVirtual().unstarted(() -> kill(child));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (acknowledged.isEmpty()) {
                    killer.start();
                }
                // The last line may be cut off.
                ExchangeId.parse(line).ifPresent(acknowledged::add);
            }
        }
        child.waitFor();
        assertThat(acknowledged).isNotEmpty();
        try (SqliteStore store = SqliteStore.open(file, new MemoryBudget(64 << 20))) {
            for (ExchangeId id : acknowledged) {
                assertWhole(store, id);
            }
        }
        assertIntact(file);
        return acknowledged.size();
    }

    private static void kill(Process child) {
        try {
            Thread.sleep(LOAD);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        // Not Process.destroyForcibly, which closes what is still being read.
        child.toHandle().destroyForcibly();
    }

    private static void assertWhole(SqliteStore store, ExchangeId id) throws Exception {
        assertThat(store.reader().find(id).orElseThrow().summary().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(read(store.reader().requestBody(id).orElseThrow())).isEqualTo(RecordingUnderLoad.request(id));
        assertThat(read(store.reader().responseBody(id).orElseThrow())).isEqualTo(RecordingUnderLoad.answer(id));
    }

    /** No row is without those that it belongs to, and every body can be read. */
    private static void assertNoOrphans(Path file) throws Exception {
        List<String> findings = new ArrayList<>();
        try (DatabaseInspection inspection = DatabaseInspection.open(file)) {
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
    }

    private static void assertIntact(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(row.getString(1)).isEqualTo("ok");
            }
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM exchange WHERE outcome = 'running'")) {
                assertThat(row.getLong(1)).isZero();
            }
        }
    }

    private static Bytes read(StoredBody body) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.source().sendTo(piece -> bytes.write(piece.array(), piece.arrayOffset(), piece.length()));
        return Bytes.wrap(bytes.toByteArray());
    }
}
