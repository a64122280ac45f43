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
            Purpose.SEGMENTS, "bc0aa3fbebcd086464330c2594084187",
            Purpose.ANSWERS, "b879b6a4c8c83e58a7e020ab33ca3e0a",
            Purpose.HEADERS, "c0d04c1f8a63c99a67aa1c329b30595b"));

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
