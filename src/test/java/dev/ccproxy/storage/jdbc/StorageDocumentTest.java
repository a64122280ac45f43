package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query in docs/storage.md runs and finds something. */
class StorageDocumentTest {

    private static final Pattern QUERY = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void everyQueryFindsSomething() throws Exception {
        Path file = folder.resolve("requests.db");
        SampleExchange sample = SampleExchange.now();
        try (SqliteStore store = SqliteStore.open(file, new MemoryBudget(8 << 20))) {
            sample.writeAll(store.writer(), Bytes.utf8("request"), Bytes.utf8("answer"));
            assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
        }
        Matcher queries = QUERY.matcher(Files.readString(Path.of("docs/storage.md")));
        int count = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            while (queries.find()) {
                String query = queries.group(1)
                        .replace(
                                "019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d",
                                sample.id().toString());
                try (ResultSet row = statement.executeQuery(query)) {
                    assertThat(row.next()).as(query).isTrue();
                }
                count++;
            }
        }
        assertThat(count).isGreaterThan(4);
    }
}
