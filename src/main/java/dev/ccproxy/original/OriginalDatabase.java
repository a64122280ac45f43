package dev.ccproxy.original;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The original's SQLite file, opened for reading only: neither it nor its folder is changed. For one thread.
 *
 * <p>The file of a program that has stopped is opened as immutable, which SQLite can do in a folder it may not write to;
 * one with a write-ahead log beside it may still be in use, and is read together with the log.
 */
final class OriginalDatabase implements AutoCloseable {

    private static final List<String> COLUMNS = List.of(
            "id", "timestamp", "created_at", "method", "endpoint", "headers", "body", "response", "original_model");
    private static final List<String> NEEDED = List.of("id", "timestamp", "headers", "body", "response");

    private final Path path;
    private final Connection connection;
    private final PreparedStatement selectNumbers;
    private final PreparedStatement selectRow;

    private OriginalDatabase(Path path, Connection connection, Set<String> present) throws SQLException {
        this.path = path;
        this.connection = connection;
        this.selectNumbers =
                connection.prepareStatement("SELECT rowid FROM requests WHERE rowid > ? ORDER BY rowid LIMIT ?");
        List<String> selected = COLUMNS.stream()
                .map(column -> present.contains(column) ? column : "NULL")
                .toList();
        this.selectRow =
                connection.prepareStatement("SELECT " + String.join(", ", selected) + " FROM requests WHERE rowid = ?");
    }

    /** Throws {@link StoreException} when the file is missing, unreadable, or not the original's. */
    static OriginalDatabase open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new StoreException(Reason.UNAVAILABLE, "there is no file " + path);
        }
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + uri(path));
            try {
                Set<String> present = columns(connection);
                if (!present.containsAll(NEEDED)) {
                    throw new StoreException(
                            Reason.FOREIGN, path + " has no table requests as the original claude-code-proxy made it");
                }
                return new OriginalDatabase(path, connection, present);
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw unreadable(path, failed);
        }
    }

    private static String uri(Path path) {
        boolean settled = !Files.exists(path.resolveSibling(path.getFileName() + "-wal"));
        return path.toUri().toString().replaceFirst("^file:///", "file:/") + (settled ? "?immutable=1" : "?mode=ro");
    }

    private static Set<String> columns(Connection connection) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM pragma_table_info('requests')")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    long count() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM requests")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw unreadable(path, failed);
        }
    }

    /** The numbers of the next rows after {@code number}, ascending, which is the order in which they were written. */
    List<Long> numbersAfter(long number, int most) {
        try {
            selectNumbers.setLong(1, number);
            selectNumbers.setInt(2, most);
            List<Long> numbers = new ArrayList<>();
            try (ResultSet rows = selectNumbers.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        } catch (SQLException failed) {
            throw unreadable(path, failed);
        }
    }

    /** Throws {@link SQLException} when this row cannot be read; others may be readable. */
    OriginalRow row(long number) throws SQLException {
        selectRow.setLong(1, number);
        try (ResultSet row = selectRow.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("it was deleted meanwhile");
            }
            return new OriginalRow(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    bytes(row, 6),
                    bytes(row, 7),
                    bytes(row, 8),
                    row.getString(9));
        }
    }

    private static @Nullable Bytes bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : Bytes.wrap(bytes);
    }

    private static StoreException unreadable(Path path, SQLException cause) {
        return new StoreException(Reason.UNAVAILABLE, path + " cannot be read: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException broken) {
            // It only read.
        }
    }
}
