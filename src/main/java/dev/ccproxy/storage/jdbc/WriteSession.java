package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.segment.Pack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes. Transactions are opened and closed by hand: after SQLITE_FULL the driver's own
 * bookkeeping (autoCommit=false) is wrong for ever. What the tables remember is forgotten when a transaction fails, since
 * it may name rows that never came to be. For the writer thread.
 */
final class WriteSession implements AutoCloseable {

    /** So many in one commit are more than people make: time is worth more than bytes then. */
    private static final int MANY_EXCHANGES = 16;

    private final Connection connection;
    private final DatabaseFile file;
    private final Dialect dialect;
    private final @Nullable Object fileIdentity;
    private final Compressor segmentCompressor;
    private final SegmentTable segments;
    private final BodyTable bodies;
    private final LegTables legs;
    private final ReroutingTable reroutings;
    private final Totals totals;
    private final ExchangeTable exchanges;
    private final LimitTable limits;
    private final SessionTable sessions;
    private final FirstContents firstContents;

    /** What the present transaction has learnt and not yet written. */
    private final Map<ExchangeId, PendingExchange> pending = new LinkedHashMap<>();

    /** Remembers bodies, to compare the next ones with, and ids in up to {@code memoryBytes}. */
    WriteSession(
            Connection connection, DatabaseFile file, Dialect dialect, long boot, long memoryBytes, Condemned condemned)
            throws SQLException {
        this.connection = connection;
        this.file = file;
        this.dialect = dialect;
        this.fileIdentity = file.identity();
        this.segmentCompressor = new Compressor(Dictionaries.shipped(Purpose.SEGMENTS));
        this.segments = new SegmentTable(connection, new RecentKeys(memoryBytes / 5));
        this.bodies = new BodyTable(
                connection,
                segments,
                new PackWriter(connection, segmentCompressor),
                new Lanes(connection, memoryBytes / 5 * 3),
                new RecentKeys(memoryBytes / 5),
                condemned);
        this.legs = new LegTables(connection, bodies);
        this.reroutings = new ReroutingTable(connection);
        this.totals = new Totals(connection);
        this.exchanges = new ExchangeTable(connection, boot, totals);
        this.limits = new LimitTable(connection);
        this.sessions = new SessionTable(connection);
        this.firstContents = new FirstContents(connection);
    }

    /** For what is done in the writer's transactions beside recording. */
    Connection connection() {
        return connection;
    }

    Dialect dialect() {
        return dialect;
    }

    SessionTable sessions() {
        return sessions;
    }

    FirstContents firstContents() {
        return firstContents;
    }

    SegmentTable segments() {
        return segments;
    }

    /** Writes a pack anew of which some segments are taken out; their places stay, empty. */
    void rewritePack(long id, List<Bytes> kept, long length) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE pack SET length = ?, data = ? WHERE id = ?")) {
            update.setLong(1, length);
            update.setBytes(2, segmentCompressor.compress(Pack.encode(kept)));
            update.setLong(3, id);
            update.executeUpdate();
        }
    }

    /** Whether the file under this connection is no longer the one at its path: writing to it would be in vain. */
    boolean fileReplaced() {
        return !Objects.equals(fileIdentity, file.identity());
    }

    /** Work in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Does it whole or, when anything is thrown, not at all. */
    <T> T transaction(Work<T> work) throws SQLException {
        try {
            begin();
            T result = work.run();
            commit();
            return result;
        } catch (Throwable failed) {
            rollback();
            throw failed;
        }
    }

    void begin() throws SQLException {
        execute(dialect.beginWriting());
    }

    void commit() throws SQLException {
        boolean hurry = pending.size() > MANY_EXCHANGES;
        segmentCompressor.hurry(hurry);
        legs.hurry(hurry);
        List<Written> written = new ArrayList<>(pending.size());
        for (PendingExchange exchange : pending.values()) {
            written.add(new Written(write(exchange), exchange));
        }
        // Behind all rows: one exchange may name the agent of another.
        for (Written each : written) {
            tell(each);
        }
        pending.clear();
        totals.write();
        execute("COMMIT");
    }

    /** Quietly: SQLite may have rolled back by itself. */
    private void rollback() {
        pending.clear();
        totals.forget();
        forget();
        try {
            execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            // The next BEGIN says whether the connection is usable.
        }
    }

    /** Rows may have gone that the tables remember: to be called after each deletion. */
    void forget() {
        exchanges.forget();
        bodies.forget();
        limits.forget();
    }

    /** False when the exchange of the event is not in the database. What is taken is written with the commit. */
    boolean apply(StoreEvent event) throws SQLException {
        PendingExchange exchange = pending.get(event.id());
        if (exchange == null) {
            if (!(event instanceof StoreEvent.Begun) && exchanges.find(event.id()) == null) {
                return false;
            }
            exchange = new PendingExchange();
            pending.put(event.id(), exchange);
        }
        exchange.add(event);
        return true;
    }

    private record Written(OpenRow row, PendingExchange exchange) {}

    private void tell(Written written) throws SQLException {
        StoreEvent.Request request = written.exchange().request();
        StoreEvent.Ended ended = written.exchange().ended();
        ExchangeSummary summary = written.exchange().summary();
        if (request != null) {
            sessions.write(written.row(), summary, request.news());
        }
        if (ended != null) {
            sessions.write(written.row(), summary, ended.news());
        }
    }

    private OpenRow write(PendingExchange exchange) throws SQLException {
        StoreEvent.Begun begun = exchange.begun();
        StoreEvent.Request request = exchange.request();
        StoreEvent.Ended ended = exchange.ended();
        OpenRow row;
        if (begun != null) {
            row = exchanges.insert(exchange, begun);
            legs.insertRequest(row, begun, request);
        } else {
            row = exchanges.update(exchange);
            if (request != null) {
                legs.updateRequest(row, request);
            }
        }
        if (ended != null) {
            legs.insertResponse(row, ended);
            if (ended.upstream() != null) {
                legs.insertUpstream(row, ended.upstream());
                reroutings.write(row.id(), ended.upstream());
            }
            exchanges.ended(row, ended.summary());
            limits.ended(ended);
            firstContents.ended(ended.summary());
        }
        return row;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        segmentCompressor.close();
        legs.close();
        try {
            connection.close();
        } catch (SQLException broken) {
            // Nothing is lost: what was not committed is written again on a new connection.
        }
    }
}
