package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.StoreStatistics;
import dev.ccproxy.storage.StoreStatistics.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what a database holds; reads all of it. */
final class Statistics {

    private Statistics() {}

    static StoreStatistics read(Connection connection, DatabaseFile file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<Table> tables = tables(statement);
            long freeBytes = number(statement, "PRAGMA freelist_count") * number(statement, "PRAGMA page_size");
            return new StoreStatistics(
                    size(file.path()),
                    size(file.path().resolveSibling(file.path().getFileName() + "-wal")),
                    freeBytes,
                    number(statement, "SELECT coalesce(sum(exchanges), 0) FROM model_count"),
                    number(statement, "SELECT coalesce(sum(request_bytes + response_bytes), 0) FROM exchange"),
                    instant(statement, "SELECT min(started_at) FROM exchange"),
                    instant(statement, "SELECT max(started_at) FROM exchange"),
                    tables);
        }
    }

    /** The largest first. */
    private static List<Table> tables(Statement statement) throws SQLException {
        Map<String, Long> bytes = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery("""
                SELECT coalesce(m.tbl_name, d.name), sum(d.pgsize)
                FROM dbstat d LEFT JOIN sqlite_master m ON m.name = d.name
                WHERE d.aggregate = TRUE GROUP BY 1 ORDER BY 2 DESC""")) {
            while (rows.next()) {
                bytes.put(rows.getString(1), rows.getLong(2));
            }
        }
        List<Table> tables = new ArrayList<>();
        for (Map.Entry<String, Long> table : bytes.entrySet()) {
            long rows = number(statement, "SELECT count(*) FROM \"" + table.getKey() + "\"");
            tables.add(new Table(table.getKey(), rows, table.getValue()));
        }
        return tables;
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static @Nullable Instant instant(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long millis = row.getLong(1);
            return row.wasNull() ? null : Instant.ofEpochMilli(millis);
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException none) {
            return 0;
        }
    }
}
