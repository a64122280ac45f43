package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.query.Query;
import dev.ccproxy.search.Words;
import dev.ccproxy.storage.segment.Manifest;
import dev.ccproxy.storage.segment.SegmentId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search looks at, and whose it is. Safe for all threads. */
final class Recorded {

    private static final long[] NO_KEYFRAME = {};

    /** Looks at so many threads, and requests of each, for one that still has a segment whose bringer is gone. */
    private static final int MOST_THREADS = 8;

    private static final int MOST_REQUESTS = 200;

    private final ReadConnections connections;
    private final Dialect dialect;
    private final Dictionaries dictionaries;
    private final PackCache packs;
    private final boolean indexed;

    /** With {@code indexed} the word index tells where to look. */
    Recorded(
            ReadConnections connections, Dialect dialect, Dictionaries dictionaries, PackCache packs, boolean indexed) {
        this.connections = connections;
        this.dialect = dialect;
        this.dictionaries = dictionaries;
        this.packs = packs;
        this.indexed = indexed;
    }

    Decompressor decompressor() {
        return new Decompressor(dictionaries);
    }

    /** What requests brought that the query's keys mean; and what was brought by requests that are gone. */
    BlobsBackward packs(Query query, long below) {
        return new BlobsBackward(connections, new PackRows(QueryCondition.ofKeys(query, dialect), words(query)), below);
    }

    /** Answers that the query's keys mean. */
    BlobsBackward answers(Query query, long below) {
        return new BlobsBackward(
                connections, new AnswerRows(QueryCondition.ofKeys(query, dialect), words(query)), below);
    }

    private @Nullable WordMatch words(Query query) {
        List<Words.Sought> words = indexed ? Words.sought(query) : List.of();
        return words.isEmpty() ? null : new WordMatch(dialect, words);
    }

    /** The list row of an exchange; null when it is gone or is none that the query's keys mean. */
    @Nullable
    ExchangeSummary summary(long exchangeRow, Query query) {
        return connections.read(connection -> summary(connection, exchangeRow, query));
    }

    /**
     * The request that brought a pack; where that is gone, the first other one that is found to have a part of it. Null when
     * none is found that the query's keys mean.
     */
    @Nullable
    RequestText requestWith(long pack, long exchangeRow, Query query) {
        Listed listed = connections.read(connection -> {
            Listed own = listed(connection, exchangeRow, pack, query);
            return own != null ? own : other(connection, pack, query);
        });
        return listed == null ? null : RequestText.of(listed.exchange, listed.ids, listed.length, packs);
    }

    /** A request as the list of its segments. */
    private static final class Listed {
        private final ExchangeSummary exchange;
        private final long[] ids;
        private final int length;

        Listed(ExchangeSummary exchange, long[] ids, int length) {
            this.exchange = exchange;
            this.ids = ids;
            this.length = length;
        }
    }

    private @Nullable Listed other(Connection connection, long pack, Query query) throws SQLException {
        for (long thread : numbers(
                connection, "SELECT thread_id FROM thread_pack WHERE pack_id = ? LIMIT " + MOST_THREADS, pack)) {
            for (long row : numbers(
                    connection,
                    "SELECT id FROM exchange WHERE thread_id = ? ORDER BY id LIMIT " + MOST_REQUESTS,
                    thread)) {
                Listed found = listed(connection, row, pack, query);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable Listed listed(Connection connection, long exchangeRow, long pack, Query query)
            throws SQLException {
        String sql = "SELECT l.manifest, l.keyframe_id, k.manifest, l.stored_length FROM request_leg l"
                + " LEFT JOIN keyframe k ON k.id = l.keyframe_id WHERE l.id = ? AND l.manifest IS NOT NULL";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, Leg.CLIENT_REQUEST.key(exchangeRow));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                long[] ids = ids(row.getBytes(1), row.getObject(2) != null, row.getBytes(3));
                if (Arrays.stream(ids).noneMatch(id -> SegmentId.pack(id) == pack)) {
                    return null;
                }
                int length = Math.toIntExact(row.getLong(4));
                ExchangeSummary exchange = summary(connection, exchangeRow, query);
                return exchange == null ? null : new Listed(exchange, ids, length);
            }
        }
    }

    private static long[] ids(byte[] manifest, boolean coded, byte @Nullable [] keyframe) {
        if (!coded) {
            return Manifest.decode(manifest, NO_KEYFRAME);
        }
        if (keyframe == null) {
            throw new IllegalArgumentException("its keyframe is missing");
        }
        return Manifest.decode(manifest, Manifest.decode(keyframe, NO_KEYFRAME));
    }

    private @Nullable ExchangeSummary summary(Connection connection, long exchangeRow, Query query)
            throws SQLException {
        QueryCondition condition = QueryCondition.ofKeys(query, dialect);
        Sql sql = new Sql("SELECT " + SummaryColumns.SELECT + " FROM " + SummaryColumns.FROM);
        sql.add(" WHERE e.id = ?", exchangeRow);
        sql.add(" AND " + condition.sql(), condition.parameters().toArray());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            return row.next() ? SummaryColumns.read(row) : null;
        }
    }

    private static List<Long> numbers(Connection connection, String sql, long parameter) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, parameter);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    numbers.add(row.getLong(1));
                }
            }
        }
        return numbers;
    }
}
