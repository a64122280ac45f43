package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.StoreEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes, with its statements. Transactions are opened and closed by hand: after SQLITE_FULL the
 * driver's own bookkeeping (autoCommit=false) is wrong for ever. For the writer thread.
 */
final class WriteSession implements AutoCloseable {

    static final int CLIENT_REQUEST = 1;
    static final int CLIENT_RESPONSE = 4;

    private static final int REMEMBERED_ROWS = 16_384;

    private final Connection connection;
    private final DatabaseFile file;
    private final @Nullable Object fileIdentity;
    private final long boot;
    private final Dialect dialect;
    private final Compressor compressor;
    private final ContentTable contents;
    private final PreparedStatement insertExchange;
    private final PreparedStatement updateExchange;
    private final PreparedStatement insertDetail;
    private final PreparedStatement updateDetail;
    private final PreparedStatement putLeg;
    private final PreparedStatement findRow;
    private final PreparedStatement addToCount;

    /** Rows of exchanges that still run; what is missing here is looked up. */
    private final Map<ExchangeId, OpenRow> open = new HashMap<>();

    /** What the present transaction has learnt and not yet written. */
    private final Map<ExchangeId, PendingExchange> pending = new LinkedHashMap<>();

    private final Map<String, Long> countChanges = new HashMap<>();

    private record OpenRow(long id, String countedModel) {}

    WriteSession(Connection connection, DatabaseFile file, Dialect dialect, long boot, int compressionLevel)
            throws SQLException {
        this.connection = connection;
        this.file = file;
        this.fileIdentity = file.identity();
        this.boot = boot;
        this.dialect = dialect;
        this.compressor = new Compressor(compressionLevel);
        this.contents = new ContentTable(connection, compressor);
        this.insertExchange = connection.prepareStatement("INSERT INTO exchange(boot, " + SummaryColumns.ALL
                + ") VALUES (" + marks(1 + SummaryColumns.FIXED_COUNT + SummaryColumns.CHANGING_COUNT)
                + ") RETURNING id");
        this.updateExchange = connection.prepareStatement("UPDATE exchange SET (" + SummaryColumns.CHANGING + ") = ("
                + marks(SummaryColumns.CHANGING_COUNT) + ") WHERE id = ?");
        this.insertDetail = connection.prepareStatement("""
                INSERT INTO detail(attempt_group, request_id, message_id, detail, exchange_id, target, client_address)
                VALUES (?, ?, ?, ?, ?, ?, ?)""");
        this.updateDetail = connection.prepareStatement("""
                UPDATE detail SET attempt_group = coalesce(?, attempt_group), request_id = ?, message_id = ?, detail = ?
                WHERE exchange_id = ?""");
        this.putLeg = connection.prepareStatement("""
                INSERT INTO leg(exchange_id, leg, headers, wire_length, sha256, encoding, state, stored_length,
                  content_id, arrivals)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET wire_length = excluded.wire_length, sha256 = excluded.sha256,
                  encoding = excluded.encoding, state = excluded.state, stored_length = excluded.stored_length,
                  content_id = excluded.content_id, arrivals = excluded.arrivals""");
        this.findRow = connection.prepareStatement(
                "SELECT id, coalesce(requested_model, '') FROM exchange WHERE public_id = ?");
        this.addToCount = connection.prepareStatement("""
                INSERT INTO model_count(model, exchanges) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET exchanges = exchanges + excluded.exchanges""");
    }

    /** Whether the file under this connection is no longer the one at its path: writing to it would be in vain. */
    boolean fileReplaced() {
        return !Objects.equals(fileIdentity, file.identity());
    }

    void begin() throws SQLException {
        execute(dialect.beginWriting());
    }

    void commit() throws SQLException {
        writePending();
        writeCounts();
        execute("COMMIT");
    }

    /** Quietly: SQLite may have rolled back by itself. */
    void rollback() {
        pending.clear();
        open.clear();
        countChanges.clear();
        contents.forget();
        try {
            execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            // The next BEGIN says whether the connection is usable.
        }
    }

    /** False when the exchange of the event is not in the database. What is taken is written with the commit. */
    boolean apply(StoreEvent event) throws SQLException {
        PendingExchange exchange = pending.get(event.id());
        if (exchange == null) {
            if (!(event instanceof StoreEvent.Begun) && rowOf(event.id()) == null) {
                return false;
            }
            exchange = new PendingExchange();
            pending.put(event.id(), exchange);
        }
        exchange.add(event);
        return true;
    }

    private void writePending() throws SQLException {
        for (PendingExchange exchange : pending.values()) {
            write(exchange);
        }
        pending.clear();
    }

    private void write(PendingExchange exchange) throws SQLException {
        StoreEvent.Begun begun = exchange.begun();
        StoreEvent.Request request = exchange.request();
        StoreEvent.Ended ended = exchange.ended();
        long row = begun == null ? update(exchange) : insert(exchange, begun);
        if (begun != null || request != null) {
            putLeg(
                    row,
                    CLIENT_REQUEST,
                    begun == null ? null : begun.headers(),
                    request == null ? null : request.body(),
                    request == null ? null : request.content(),
                    null);
        }
        if (ended != null) {
            byte[] arrivals = ended.arrivals().size() == 0 ? null : ArrivalCodec.encode(ended.arrivals());
            putLeg(row, CLIENT_RESPONSE, ended.headers(), ended.body(), ended.content(), arrivals);
            open.remove(ended.id());
        }
    }

    private long insert(PendingExchange exchange, StoreEvent.Begun begun) throws SQLException {
        ExchangeSummary summary = exchange.summary();
        insertExchange.setLong(1, boot);
        SummaryColumns.bindFixed(insertExchange, 2, summary);
        SummaryColumns.bindChanging(insertExchange, 2 + SummaryColumns.FIXED_COUNT, summary);
        long row;
        try (ResultSet inserted = insertExchange.executeQuery()) {
            inserted.next();
            row = inserted.getLong(1);
        }
        bindDetail(insertDetail, exchange);
        insertDetail.setLong(5, row);
        insertDetail.setString(6, begun.target());
        insertDetail.setString(7, begun.clientAddress());
        insertDetail.executeUpdate();
        String model = modelOf(summary);
        count(model, 1);
        remember(summary.id(), new OpenRow(row, model));
        return row;
    }

    private long update(PendingExchange exchange) throws SQLException {
        ExchangeSummary summary = exchange.summary();
        OpenRow row = Objects.requireNonNull(rowOf(summary.id()), "it was there when its event was taken");
        update(row, summary);
        bindDetail(updateDetail, exchange);
        updateDetail.setLong(5, row.id());
        updateDetail.executeUpdate();
        return row.id();
    }

    /** The first four parameters. */
    private static void bindDetail(PreparedStatement statement, PendingExchange exchange) throws SQLException {
        StoreEvent.Request request = exchange.request();
        StoreEvent.Ended ended = exchange.ended();
        statement.setString(1, request == null ? null : request.attemptGroup());
        statement.setString(2, ended == null ? null : ended.requestId());
        statement.setString(3, ended == null ? null : ended.messageId());
        statement.setString(4, ended == null ? "" : ended.detail());
    }

    private void update(OpenRow row, ExchangeSummary summary) throws SQLException {
        SummaryColumns.bindChanging(updateExchange, 1, summary);
        updateExchange.setLong(1 + SummaryColumns.CHANGING_COUNT, row.id());
        updateExchange.executeUpdate();
        String model = modelOf(summary);
        if (!model.equals(row.countedModel())) {
            count(row.countedModel(), -1);
            count(model, 1);
            remember(summary.id(), new OpenRow(row.id(), model));
        }
    }

    private void putLeg(
            long row,
            int leg,
            @Nullable Headers headers,
            @Nullable BodyFacts body,
            @Nullable Bytes content,
            byte @Nullable [] arrivals)
            throws SQLException {
        putLeg.setLong(1, row);
        putLeg.setInt(2, leg);
        putLeg.setBytes(3, headers == null ? null : compressor.compress(HeaderCodec.encode(headers)));
        putLeg.setObject(4, body == null ? null : body.wireLength());
        putLeg.setBytes(
                5, body == null || body.sha256() == null ? null : body.sha256().toByteArray());
        putLeg.setString(6, body == null ? null : body.encoding());
        putLeg.setString(7, body == null ? null : body.state().word());
        putLeg.setObject(8, body == null ? null : body.storedLength());
        putLeg.setObject(9, body == null || content == null ? null : contents.idOf(content, keyOf(body, content)));
        putLeg.setBytes(10, arrivals);
        putLeg.executeUpdate();
    }

    private static Bytes keyOf(BodyFacts body, Bytes content) {
        Bytes wire = body.sha256();
        return wire == null || body.state() == BodyFacts.State.DECODED ? Sha256.of(content) : wire;
    }

    private @Nullable OpenRow rowOf(ExchangeId id) throws SQLException {
        OpenRow known = open.get(id);
        if (known != null) {
            return known;
        }
        findRow.setBytes(1, Cursor.idBytes(id));
        try (ResultSet row = findRow.executeQuery()) {
            return row.next() ? new OpenRow(row.getLong(1), row.getString(2)) : null;
        }
    }

    private void remember(ExchangeId id, OpenRow row) {
        if (open.size() >= REMEMBERED_ROWS) {
            open.clear();
        }
        open.put(id, row);
    }

    private static String modelOf(ExchangeSummary summary) {
        return Objects.requireNonNullElse(summary.requestedModel(), "");
    }

    private void count(String model, long change) {
        countChanges.merge(model, change, Long::sum);
    }

    private void writeCounts() throws SQLException {
        for (Map.Entry<String, Long> change : countChanges.entrySet()) {
            if (change.getValue() != 0) {
                addToCount.setString(1, change.getKey());
                addToCount.setLong(2, change.getValue());
                addToCount.executeUpdate();
            }
        }
        countChanges.clear();
    }

    /** Deletes up to {@code most} ended exchanges with a row id up to {@code last}; returns how many. */
    long deleteEnded(long last, int most) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE IF NOT EXISTS doomed(id INTEGER PRIMARY KEY)");
            statement.execute("DELETE FROM doomed");
            statement.execute("INSERT INTO doomed SELECT id FROM exchange WHERE outcome <> 'running' AND id <= " + last
                    + " ORDER BY id LIMIT " + most);
            statement.execute("""
                    UPDATE model_count SET exchanges = exchanges - gone.n
                    FROM (SELECT coalesce(requested_model, '') AS model, count(*) AS n FROM exchange
                      WHERE id IN (SELECT id FROM doomed) GROUP BY 1) AS gone
                    WHERE model_count.model = gone.model""");
            statement.execute("DELETE FROM leg WHERE exchange_id IN (SELECT id FROM doomed)");
            statement.execute("DELETE FROM detail WHERE exchange_id IN (SELECT id FROM doomed)");
            return statement.executeUpdate("DELETE FROM exchange WHERE id IN (SELECT id FROM doomed)");
        }
    }

    /** Deletes up to {@code most} contents that no exchange has; returns how many. */
    long deleteUnusedContents(int most) throws SQLException {
        contents.forget();
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("DELETE FROM content WHERE id IN (SELECT id FROM content WHERE id NOT IN"
                    + " (SELECT content_id FROM leg WHERE content_id IS NOT NULL) LIMIT " + most + ")");
        }
    }

    /** Returns some free space to the file system; false when there is no more. */
    boolean shrink() throws SQLException {
        return dialect.shrink(connection);
    }

    long lastRow() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM exchange")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    @Override
    public void close() {
        compressor.close();
        try {
            connection.close();
        } catch (SQLException broken) {
            // Nothing is lost: what was not committed is written again on a new connection.
        }
    }
}
