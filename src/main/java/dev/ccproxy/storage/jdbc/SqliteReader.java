package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Headers;
import dev.ccproxy.query.Query;
import dev.ccproxy.session.Histories;
import dev.ccproxy.session.SessionMemory;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.ExchangeFilter;
import dev.ccproxy.storage.ExchangePage;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.Marks;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.StoredExchange;
import dev.ccproxy.storage.UpstreamLegs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The read side: lists from narrow rows, everything else by key. */
final class SqliteReader implements ExchangeReader {

    /** More than any server takes. */
    private static final int MOST_HEADER_BYTES = 16 << 20;

    /** A few milliseconds' work. */
    private static final int SLICE_ROWS = 5_000;

    private static final Duration MOST_LIST_TIME = Duration.ofMillis(100);

    private final ReadConnections connections;
    private final Dialect dialect;
    private final Dictionaries dictionaries;
    private final BodyReader bodies;
    private final ReroutingReader reroutings = new ReroutingReader(this::headers);
    private final FilteredList filtered;

    SqliteReader(ReadConnections connections, Dialect dialect, Dictionaries dictionaries, PackCache packs) {
        this.dictionaries = dictionaries;
        this.bodies = new BodyReader(connections, dictionaries, packs);
        this.dialect = dialect;
        this.filtered = new FilteredList(connections, dialect, SLICE_ROWS, MOST_LIST_TIME);
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
    public ExchangePage list(Query query, int limit, @Nullable String cursor) {
        return filtered.page(query, limit, cursor);
    }

    @Override
    public Optional<StoredExchange> find(ExchangeId id) {
        return Optional.ofNullable(connections.read(connection -> exchange(connection, id)));
    }

    @Override
    public Optional<ExchangeId> before(ExchangeId id) {
        return Optional.ofNullable(connections.read(connection -> {
            String sql = """
                    SELECT earlier.public_id FROM exchange e
                    JOIN thread t ON t.id = e.thread_id JOIN session s ON s.id = t.session_id AND s.named = 1
                    JOIN exchange earlier ON earlier.thread_id = e.thread_id AND earlier.id < e.id
                      AND earlier.input_tokens IS NOT NULL AND earlier.kind IN ('main', 'subagent', 'compaction')
                    WHERE e.public_id = ? ORDER BY earlier.id DESC LIMIT 1""";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setBytes(1, Cursor.idBytes(id));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Cursor.idOf(row.getBytes(1)) : null;
                }
            }
        }));
    }

    @Override
    public Optional<ExchangeSummary> lastAnswered(String session, @Nullable String agent) {
        return Optional.ofNullable(connections.read(connection -> {
            String sql = "SELECT " + SummaryColumns.SELECT + " FROM session s JOIN thread t ON t.session_id = s.id"
                    + " JOIN exchange e ON e.thread_id = t.id AND e.input_tokens IS NOT NULL"
                    + " AND e.kind IN ('main', 'subagent', 'compaction')"
                    + " WHERE s.tenant = 1 AND s.named = 1 AND s.name = ? AND t.agent_id = ? ORDER BY e.id DESC LIMIT 1";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, session);
                select.setString(2, Objects.requireNonNullElse(agent, ""));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? SummaryColumns.read(row) : null;
                }
            }
        }));
    }

    @Override
    public SessionMemory remembered(String session) {
        return connections.read(connection -> SessionRecall.read(connection, session));
    }

    @Override
    public Optional<Histories.Origin> sentBefore(List<Long> histories, int messages) {
        return connections.read(connection -> SessionRecall.sentBefore(connection, histories, messages));
    }

    @Override
    public Optional<StoredBody> requestBody(ExchangeId id) {
        return bodies.request(id, Leg.CLIENT_REQUEST);
    }

    @Override
    public Optional<StoredBody> responseBody(ExchangeId id) {
        return bodies.response(id, Leg.CLIENT_RESPONSE);
    }

    @Override
    public Optional<UpstreamLegs> rerouting(ExchangeId id) {
        return Optional.ofNullable(connections.read(connection -> reroutings.read(connection, id)));
    }

    @Override
    public List<String> reroutedSessions(int most) {
        return connections.read(connection -> reroutings.sessions(connection, most));
    }

    @Override
    public Optional<StoredBody> upstreamRequestBody(ExchangeId id) {
        return bodies.request(id, Leg.UPSTREAM_REQUEST);
    }

    @Override
    public Optional<StoredBody> upstreamResponseBody(ExchangeId id) {
        return bodies.response(id, Leg.UPSTREAM_RESPONSE);
    }

    @Override
    public ArrivalTimes arrivals(ExchangeId id) {
        byte[] encoded = connections.read(connection -> {
            String sql = "SELECT l.arrivals FROM exchange e JOIN response_leg l ON l.id = "
                    + Leg.CLIENT_RESPONSE.keyOf("e.id") + " WHERE e.public_id = ?";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setBytes(1, Cursor.idBytes(id));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getBytes(1) : null;
                }
            }
        });
        try {
            return encoded == null ? ArrivalTimes.NONE : ArrivalCodec.decode(encoded);
        } catch (RuntimeException broken) {
            throw BodyReader.corrupt(id, "the arrival times", broken);
        }
    }

    @Override
    public Marks marks(ExchangeId id) {
        return connections.read(connection -> Stars.marks(connection, id));
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
        String sql = "SELECT " + SummaryColumns.SELECT + " FROM " + SummaryColumns.FROM + " WHERE TRUE"
                + (after == null ? "" : " AND (e.started_at, e.public_id) < (?, ?)")
                + (model == null ? "" : " AND " + dialect.contains("e.requested_model"))
                + " ORDER BY e.started_at DESC, e.public_id DESC LIMIT ? OFFSET ?";
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

    private @Nullable StoredExchange exchange(Connection connection, ExchangeId id) throws SQLException {
        String sql = "SELECT " + SummaryColumns.SELECT
                + ", e.query, c.address, nullif(c.token_name, ''), e.attempt_group, e.request_id,"
                + " e.message_id, e.detail, q.headers, " + BodyColumns.of("q") + ", a.headers, " + BodyColumns.of("a")
                + " FROM " + SummaryColumns.FROM + " LEFT JOIN client c ON c.id = e.client_id"
                + " LEFT JOIN request_leg q ON q.id = " + Leg.CLIENT_REQUEST.keyOf("e.id")
                + " LEFT JOIN response_leg a ON a.id = " + Leg.CLIENT_RESPONSE.keyOf("e.id")
                + " WHERE e.public_id = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBytes(1, Cursor.idBytes(id));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? exchange(row, id) : null;
            }
        }
    }

    private StoredExchange exchange(ResultSet row, ExchangeId id) throws SQLException {
        int first = SummaryColumns.SELECT_COUNT + 1;
        int request = first + 7;
        int answer = request + 6;
        ExchangeSummary summary = SummaryColumns.read(row);
        String query = row.getString(first);
        Headers requestHeaders = headers(row.getBytes(request), id);
        return new StoredExchange(
                summary,
                query == null ? summary.path() : summary.path() + "?" + query,
                Objects.requireNonNullElse(row.getString(first + 1), ""),
                row.getString(first + 2),
                requestHeaders == null ? Headers.EMPTY : requestHeaders,
                BodyColumns.read(row, request + 1),
                row.getString(first + 3),
                headers(row.getBytes(answer), id),
                BodyColumns.read(row, answer + 1),
                row.getString(first + 4),
                row.getString(first + 5),
                Objects.requireNonNullElse(row.getString(first + 6), ""));
    }

    private @Nullable Headers headers(byte @Nullable [] compressed, ExchangeId id) {
        if (compressed == null) {
            return null;
        }
        try (Decompressor decompressor = new Decompressor(dictionaries)) {
            return HeaderCodec.decode(decompressor.decompress(compressed, MOST_HEADER_BYTES));
        } catch (RuntimeException broken) {
            throw BodyReader.corrupt(id, "the headers", broken);
        }
    }
}
