package dev.ccproxy.storage.jdbc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.ExchangeFilter;
import dev.ccproxy.storage.ExchangePage;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.StoredExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The read side. A body's compressed bytes are read in one short transaction and decompressed piece by piece after it. */
final class SqliteReader implements ExchangeReader {

    private static final int PIECE_BYTES = 64 << 10;

    private final ReadConnections connections;
    private final Dialect dialect;

    SqliteReader(ReadConnections connections, Dialect dialect) {
        this.dialect = dialect;
        this.connections = connections;
    }

    @Override
    public ExchangePage list(ExchangeQuery query) {
        Cursor after = query.cursor() == null ? null : Cursor.parse(query.cursor());
        List<ExchangeSummary> rows = connections.read(connection -> page(connection, query, after));
        if (rows.size() <= query.limit()) {
            return new ExchangePage(rows, null);
        }
        List<ExchangeSummary> items = rows.subList(0, query.limit());
        ExchangeSummary last = items.getLast();
        return new ExchangePage(items, new Cursor(last.at().toEpochMilli(), last.id()).text());
    }

    @Override
    public Optional<StoredExchange> find(ExchangeId id) {
        return Optional.ofNullable(connections.read(connection -> exchange(connection, id)));
    }

    @Override
    public Optional<StoredBody> requestBody(ExchangeId id) {
        return Optional.ofNullable(body(id, WriteSession.CLIENT_REQUEST));
    }

    @Override
    public Optional<StoredBody> responseBody(ExchangeId id) {
        return Optional.ofNullable(body(id, WriteSession.CLIENT_RESPONSE));
    }

    @Override
    public ArrivalTimes arrivals(ExchangeId id) {
        byte[] encoded = connections.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT arrivals FROM leg WHERE leg = ? AND exchange_id ="
                            + " (SELECT id FROM exchange WHERE public_id = ?)")) {
                select.setInt(1, WriteSession.CLIENT_RESPONSE);
                select.setBytes(2, Cursor.idBytes(id));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getBytes(1) : null;
                }
            }
        });
        try {
            return encoded == null ? ArrivalTimes.NONE : ArrivalCodec.decode(encoded);
        } catch (RuntimeException broken) {
            throw corrupt(id, "the arrival times", broken);
        }
    }

    @Override
    public long count(ExchangeFilter filter) {
        return connections.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT coalesce(sum(exchanges), 0) FROM model_count"
                            + (filter.model() == null ? "" : " WHERE " + dialect.contains("model")))) {
                if (filter.model() != null) {
                    select.setString(1, filter.model().toLowerCase(Locale.ROOT));
                }
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    private List<ExchangeSummary> page(Connection connection, ExchangeQuery query, @Nullable Cursor after)
            throws SQLException {
        String model = query.filter().model();
        String sql = "SELECT " + SummaryColumns.ALL + " FROM exchange WHERE TRUE"
                + (after == null ? "" : " AND (started_at, public_id) < (?, ?)")
                + (model == null ? "" : " AND " + dialect.contains("requested_model"))
                + " ORDER BY started_at DESC, public_id DESC LIMIT ? OFFSET ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int column = 1;
            if (after != null) {
                select.setLong(column++, after.startedAtMillis());
                select.setBytes(column++, Cursor.idBytes(after.id()));
            }
            if (model != null) {
                select.setString(column++, model.toLowerCase(Locale.ROOT));
            }
            // One more than asked for tells whether there is a next page.
            select.setInt(column++, query.limit() + 1);
            select.setInt(column, query.skip());
            List<ExchangeSummary> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(SummaryColumns.read(row));
                }
            }
            return rows;
        }
    }

    private static @Nullable StoredExchange exchange(Connection connection, ExchangeId id) throws SQLException {
        String summaryColumns = "e." + SummaryColumns.ALL.replace(", ", ", e.");
        try (PreparedStatement select = connection.prepareStatement("SELECT " + summaryColumns + """
                , d.target, d.client_address, d.attempt_group, d.request_id, d.message_id, d.detail,
                  q.headers, q.wire_length, q.sha256, q.encoding, q.state, q.stored_length,
                  a.headers, a.wire_length, a.sha256, a.encoding, a.state, a.stored_length
                FROM exchange e JOIN detail d ON d.exchange_id = e.id
                LEFT JOIN leg q ON q.exchange_id = e.id AND q.leg = 1
                LEFT JOIN leg a ON a.exchange_id = e.id AND a.leg = 4
                WHERE e.public_id = ?""")) {
            select.setBytes(1, Cursor.idBytes(id));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? exchange(row, id) : null;
            }
        }
    }

    private static StoredExchange exchange(ResultSet row, ExchangeId id) throws SQLException {
        int first = SummaryColumns.FIXED_COUNT + SummaryColumns.CHANGING_COUNT + 1;
        int request = first + 6;
        int answer = request + 6;
        Headers requestHeaders = headers(row.getBytes(request), id);
        return new StoredExchange(
                SummaryColumns.read(row),
                row.getString(first),
                row.getString(first + 1),
                requestHeaders == null ? Headers.EMPTY : requestHeaders,
                facts(row, request + 1),
                row.getString(first + 2),
                headers(row.getBytes(answer), id),
                facts(row, answer + 1),
                row.getString(first + 3),
                row.getString(first + 4),
                row.getString(first + 5));
    }

    private static @Nullable BodyFacts facts(ResultSet row, int first) throws SQLException {
        String state = row.getString(first + 3);
        if (state == null) {
            return null;
        }
        byte[] sha256 = row.getBytes(first + 1);
        return new BodyFacts(
                row.getLong(first),
                sha256 == null ? null : Bytes.wrap(sha256),
                row.getString(first + 2),
                BodyFacts.State.ofWord(state),
                row.getLong(first + 4));
    }

    private static @Nullable Headers headers(byte @Nullable [] compressed, ExchangeId id) {
        if (compressed == null) {
            return null;
        }
        try {
            return HeaderCodec.decode(Zstd.decompress(compressed));
        } catch (RuntimeException broken) {
            throw corrupt(id, "the headers", broken);
        }
    }

    private record Compressed(BodyFacts facts, Bytes sha256, Bytes data) {}

    private @Nullable StoredBody body(ExchangeId id, int leg) {
        Compressed body = connections.read(connection -> compressed(connection, id, leg));
        return body == null ? null : new StoredBody(body.facts(), sink -> decompress(id, body, sink));
    }

    private static @Nullable Compressed compressed(Connection connection, ExchangeId id, int leg) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT l.wire_length, l.sha256, l.encoding, l.state, l.stored_length, c.sha256, c.data
                FROM leg l JOIN content c ON c.id = l.content_id
                WHERE l.leg = ? AND l.exchange_id = (SELECT id FROM exchange WHERE public_id = ?)""")) {
            select.setInt(1, leg);
            select.setBytes(2, Cursor.idBytes(id));
            try (ResultSet row = select.executeQuery()) {
                BodyFacts facts = row.next() ? facts(row, 1) : null;
                return facts == null
                        ? null
                        : new Compressed(facts, Bytes.wrap(row.getBytes(6)), Bytes.wrap(row.getBytes(7)));
            }
        }
    }

    private static void decompress(ExchangeId id, Compressed body, StoredBody.Sink sink)
            throws IOException, InterruptedException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in =
                new ZstdInputStream(new ByteArrayInputStream(body.data().array()))) {
            for (Bytes piece = next(id, in); !piece.isEmpty(); piece = next(id, in)) {
                digest.update(piece.array(), piece.arrayOffset(), piece.length());
                sink.take(piece);
            }
        }
        if (!Bytes.wrap(digest.digest()).equals(body.sha256())) {
            throw corrupt(id, "a body", null);
        }
    }

    private static Bytes next(ExchangeId id, InputStream in) {
        try {
            return Bytes.wrap(in.readNBytes(PIECE_BYTES));
        } catch (IOException | ZstdException broken) {
            throw corrupt(id, "a body", broken);
        }
    }

    private static StoreException corrupt(ExchangeId id, String what, @Nullable Exception cause) {
        String message = what + " of exchange " + id + " cannot be read back as it was written; other exchanges are"
                + " not affected";
        return cause == null
                ? new StoreException(Reason.CORRUPT, message)
                : new StoreException(Reason.CORRUPT, message, cause);
    }
}
