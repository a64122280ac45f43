package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.Sha256;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped dictionaries are those that {@link DictionaryTraining} made once. A better one is a new file under a new
 * name; these stay, so that nobody loses what was written with them.
 */
class DictionariesTest {

    private static final Map<Purpose, String> CHECKSUMS = new EnumMap<>(Map.of(
            Purpose.SEGMENTS, "2115dcba0d06ef74ae8b858db083a9ba",
            Purpose.ANSWERS, "0b93a883a998dc311e940b21a82f6861",
            Purpose.HEADERS, "ffcea1e382fe7b7a488af2c9bd6fe3a2"));

    @TempDir
    Path folder;

    @Test
    void theShippedFilesNeverChange() {
        Map<Purpose, String> found = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            byte[] sha256 = Sha256.of(Bytes.wrap(Dictionaries.shipped(purpose))).toByteArray();
            found.put(purpose, HexFormat.of().formatHex(sha256, 0, 16));
        }
        assertThat(found).isEqualTo(CHECKSUMS);
    }

    /** As the first builds wrote them, before they were compressed. */
    @Test
    void aDatabaseThatHoldsItsDictionariesAsTheyAreCanBeRead() throws Exception {
        Path file = folder.resolve("requests.db");
        SampleExchange sample = SampleExchange.now();
        try (SqliteStore store = SqliteStore.open(file, new MemoryBudget(8 << 20))) {
            sample.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
            assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE dictionary SET data = ? WHERE purpose = ?")) {
            for (Purpose purpose : Purpose.values()) {
                update.setBytes(1, Dictionaries.shipped(purpose));
                update.setString(2, purpose.word());
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }
        try (SqliteStore store = SqliteStore.open(file, new MemoryBudget(8 << 20))) {
            assertThat(store.reader().find(sample.id()).orElseThrow().requestHeaders())
                    .isEqualTo(SampleExchange.REQUEST_HEADERS);
        }
    }

    @Test
    void everyDatabaseHoldsTheDictionariesThatItsFramesName() throws Exception {
        Path file = folder.resolve("requests.db");
        try (SqliteStore store = SqliteStore.open(file, new MemoryBudget(8 << 20))) {
            SampleExchange.now().writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
            assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(dictionary(file, "SELECT data FROM pack")).isEqualTo("segments");
        assertThat(dictionary(file, "SELECT data FROM response_leg")).isEqualTo("answers");
        assertThat(dictionary(file, "SELECT headers FROM request_leg")).isEqualTo("headers");
    }

    private static String dictionary(Path file, String blob) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            long id;
            try (ResultSet row = statement.executeQuery(blob)) {
                id = Zstd.getDictIdFromFrame(row.getBytes(1));
            }
            try (ResultSet row = statement.executeQuery("SELECT purpose FROM dictionary WHERE id = " + id)) {
                return row.getString(1);
            }
        }
    }
}
