import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a page of the list costs when so many exchanges are stored.
 *
 * <pre>java -cp "target/classes:target/lib/*" bench/ListBench.java 1000000</pre>
 */
final class ListBench {

    private ListBench() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Path file = Files.createTempDirectory("list-bench").resolve("requests.db");
        try (SqliteStore store = SqliteStore.open(file, new MemoryBudget(256L << 20))) {
            fill(file, count);
            List<String> cursors = new ArrayList<>();
            String cursor = null;
            for (int i = 0; i < 400; i++) {
                cursor = page(store, cursor);
                cursors.add(cursor);
            }
            Sample.report("newest 50 of " + count, 500, _ -> page(store, null));
            Sample.report("50 further back", 500, i -> page(store, cursors.get(i % cursors.size())));
        }
        System.out.printf(Locale.ROOT, "file %.1f MB, %d bytes a row with its indexes%n", Files.size(file) / 1e6, Files.size(file) / count);
        Files.delete(file);
    }

    private static String page(SqliteStore store, String cursor) {
        return store.reader().list(new ExchangeQuery(ExchangeQuery.newest(1).filter(), 50, cursor, 0)).next();
    }

    /** Rows without bodies, straight into the tables. */
    private static void fill(Path file, int count) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("INSERT INTO client(id, address, agent) VALUES (1, '127.0.0.1', 'claude-cli/2.1.330 (external, cli)')");
            statement.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count / 100
                    + ") INSERT INTO session(id, named, name, first_at, last_at) SELECT i, 1, 'session-' || i, i, i FROM n");
            statement.execute("INSERT INTO thread(id, session_id, agent_id, first_at, last_at) SELECT id, id, '', 1, 1 FROM session");
            statement.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count + """
                    ) INSERT INTO exchange(id, public_id, thread_id, started_at, outcome, kind, status, requested_model, model,
                      stop_reason, tool, tool_count, input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens,
                      cache_write_1h_tokens, head_micros, content_micros, duration_micros, request_bytes, response_bytes,
                      boot, client_id, method, path, query, attempt_group, request_id, message_id, preview)
                    SELECT i, unhex(printf('%012x7000a000%012x', 1780000000000 + i * 1000, i)), i / 100 + 1,
                      1780000000000 + i * 1000, 'completed', 'main', 200, 'claude-opus-5-5', 'claude-opus-5-5', 'tool_use',
                      'Bash', 1, 10, 200, 150000, 0, 1200, 800000, 900000, 5000000, 500000, 9000, 1, 1, 'POST',
                      '/v1/messages', 'beta=true', '00112233445566aa', printf('req_011C%020d', i), printf('msg_01%022d', i),
                      'cd /home/user/project && git status --short' FROM n""");
            statement.execute("COMMIT");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
}
