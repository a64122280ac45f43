package dev.ccproxy.original;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A database as the original leaves it behind. */
public final class OriginalFile implements AutoCloseable {

    public static final String HEADERS =
            "{\"Content-Type\":[\"application/json\"],\"User-Agent\":[\"claude-cli/1.0.60 (external, cli)\"],"
                    + "\"X-Api-Key\":[\"sha256:0123456789abcdef\"],"
                    + "\"X-Claude-Code-Session-Id\":[\"11111111-2222-3333-4444-555555555555\"]}";
    public static final String BODY =
            "{\"model\":\"claude-opus-4-1\",\"messages\":[{\"role\":\"user\",\"content\":\"Is 1 \\u003c 2?\"}],"
                    + "\"max_tokens\":1024,\"stream\":true}";
    public static final String ERROR = "{\"statusCode\":529,\"headers\":{\"Request-Id\":[\"req_9\"]},\"bodyText\":"
            + "\"{\\\"type\\\":\\\"error\\\",\\\"error\\\":{\\\"type\\\":\\\"overloaded_error\\\",\\\"message\\\":\\\"busy\\\"}}\","
            + "\"responseTime\":120,\"isStreaming\":true,\"completedAt\":\"2025-11-28T13:03:30-08:00\"}";
    public static final String MESSAGE = "{\"id\":\"msg_2\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
            + "\"claude-haiku\",\"content\":[{\"type\":\"text\",\"text\":\"Yes\"}],\"stop_reason\":\"end_turn\","
            + "\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}";

    private final Path path;
    private final Connection connection;

    /** Makes the file, in write-ahead mode as the original does. */
    public OriginalFile(Path path) throws SQLException {
        this.path = path;
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        execute("PRAGMA journal_mode=WAL");
        execute("""
                CREATE TABLE requests (id TEXT PRIMARY KEY, timestamp DATETIME DEFAULT CURRENT_TIMESTAMP,
                  method TEXT NOT NULL, endpoint TEXT NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL,
                  user_agent TEXT, content_type TEXT, prompt_grade TEXT, response TEXT, model TEXT,
                  original_model TEXT, routed_model TEXT, created_at DATETIME DEFAULT CURRENT_TIMESTAMP)""");
    }

    public Path path() {
        return path;
    }

    /** What the original keeps of a stream: its data lines, and a message of the texts alone. */
    public static String stream(String... dataLines) {
        return "{\"statusCode\":200,\"headers\":{\"Content-Type\":[\"text/event-stream; charset=utf-8\"],"
                + "\"Content-Encoding\":[\"gzip\"],\"Request-Id\":[\"req_1\"]},\"body\":{\"content\":null},"
                + "\"responseTime\":2500,\"streamingChunks\":[" + String.join(",", dataLines)
                + "],\"isStreaming\":true,\"completedAt\":\"2025-11-28T13:03:32-08:00\"}";
    }

    /** The stream of one short message, as JSON strings. */
    public static String[] wholeStream() {
        return new String[] {
            "\"data: {\\\"type\\\":\\\"message_start\\\",\\\"message\\\":{\\\"id\\\":\\\"msg_1\\\",\\\"type\\\":"
                    + "\\\"message\\\",\\\"role\\\":\\\"assistant\\\",\\\"model\\\":\\\"claude-opus-4-1\\\",\\\"content\\\":[],"
                    + "\\\"usage\\\":{\\\"input_tokens\\\":12,\\\"output_tokens\\\":1}}}\"",
            "\"data: {\\\"type\\\":\\\"content_block_start\\\",\\\"index\\\":0,\\\"content_block\\\":{\\\"type\\\":"
                    + "\\\"text\\\",\\\"text\\\":\\\"\\\"}}\"",
            "\"data: {\\\"type\\\":\\\"content_block_delta\\\",\\\"index\\\":0,\\\"delta\\\":{\\\"type\\\":"
                    + "\\\"text_delta\\\",\\\"text\\\":\\\"Yes, it is.\\\"}}\"",
            "\"data: {\\\"type\\\":\\\"content_block_stop\\\",\\\"index\\\":0}\"",
            "\"data: {\\\"type\\\":\\\"message_delta\\\",\\\"delta\\\":{\\\"stop_reason\\\":\\\"end_turn\\\"},"
                    + "\\\"usage\\\":{\\\"output_tokens\\\":5}}\"",
            "\"data: {\\\"type\\\":\\\"message_stop\\\"}\""
        };
    }

    public void add(String id, String timestamp, String headers, String body, @Nullable String response)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO requests(id, timestamp, method, endpoint, headers, body, response, model, original_model)
                VALUES (?, ?, 'POST', '/v1/messages', ?, ?, ?, 'claude-opus-4-1', 'claude-opus-4-1')""")) {
            insert.setString(1, id);
            insert.setString(2, timestamp);
            insert.setString(3, headers);
            insert.setString(4, body);
            insert.setString(5, response);
            insert.executeUpdate();
        }
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Leaves the file alone, as a program that has stopped. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
