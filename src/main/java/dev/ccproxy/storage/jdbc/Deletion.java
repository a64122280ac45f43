package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.segment.Pack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Deletes every exchange that had ended when it began, in slices between which recording goes on. For the writer
 * thread, but for the result.
 */
final class Deletion {

    private static final int SLICE = 500;

    private enum Step {
        EXCHANGES,
        THREADS,
        PACKS,
        PAGES,
        DONE
    }

    private final CompletableFuture<Long> deleted = new CompletableFuture<>();
    private final Dictionaries dictionaries;
    private Step step = Step.EXCHANGES;
    private long lastRow = -1;
    private long count;

    Deletion(Dictionaries dictionaries) {
        this.dictionaries = dictionaries;
    }

    CompletableFuture<Long> deleted() {
        return deleted;
    }

    boolean done() {
        return deleted.isDone();
    }

    void fail(Throwable why) {
        deleted.completeExceptionally(why);
    }

    /** One short transaction. */
    void slice(WriteSession session) throws SQLException {
        session.begin();
        try {
            step = work(session);
            session.commit();
            session.forget();
        } catch (SQLException | RuntimeException failed) {
            session.rollback();
            throw failed;
        }
        if (step == Step.DONE) {
            deleted.complete(count);
        }
    }

    private Step work(WriteSession session) throws SQLException {
        return switch (step) {
            case EXCHANGES -> {
                long rows = deleteExchanges(session.connection());
                count += rows;
                yield rows < SLICE ? Step.THREADS : Step.EXCHANGES;
            }
            case THREADS -> deleteThreads(session.connection()) < SLICE ? Step.PACKS : Step.THREADS;
            case PACKS -> deletePacks(session) < SLICE ? Step.PAGES : Step.PACKS;
            case PAGES -> session.dialect().shrink(session.connection()) ? Step.PAGES : Step.DONE;
            case DONE -> Step.DONE;
        };
    }

    private long deleteExchanges(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (lastRow < 0) {
                try (ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM exchange")) {
                    row.next();
                    lastRow = row.getLong(1);
                }
            }
            doom(statement, "SELECT id FROM exchange WHERE outcome <> 'running' AND id <= " + lastRow + " ORDER BY id");
            statement.execute("""
                    UPDATE model_count SET exchanges = exchanges - gone.n
                    FROM (SELECT coalesce(requested_model, '') AS model, count(*) AS n FROM exchange
                      WHERE id IN (SELECT id FROM doomed) GROUP BY 1) AS gone
                    WHERE model_count.model = gone.model""");
            deleteLegs(statement, "request_leg", Leg.CLIENT_REQUEST);
            deleteLegs(statement, "response_leg", Leg.CLIENT_RESPONSE);
            return statement.executeUpdate("DELETE FROM exchange WHERE id IN (SELECT id FROM doomed)");
        }
    }

    private static void deleteLegs(Statement statement, String table, Leg leg) throws SQLException {
        statement.execute("DELETE FROM " + table + " WHERE id IN (SELECT " + leg.keyOf("id") + " FROM doomed)");
    }

    private static long deleteThreads(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            doom(
                    statement,
                    "SELECT id FROM thread WHERE NOT EXISTS (SELECT 1 FROM exchange WHERE thread_id = thread.id)");
            for (String table : List.of("thread_pack", "keyframe", "rollup")) {
                statement.execute("DELETE FROM " + table + " WHERE thread_id IN (SELECT id FROM doomed)");
            }
            long threads = statement.executeUpdate("DELETE FROM thread WHERE id IN (SELECT id FROM doomed)");
            statement.execute(
                    "DELETE FROM session WHERE NOT EXISTS (SELECT 1 FROM thread WHERE session_id = session.id)");
            return threads;
        }
    }

    private long deletePacks(WriteSession session) throws SQLException {
        List<Long> packs = new ArrayList<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM pack WHERE NOT EXISTS (SELECT 1 FROM"
                        + " thread_pack WHERE pack_id = pack.id) LIMIT " + SLICE)) {
            while (rows.next()) {
                packs.add(rows.getLong(1));
            }
        }
        try (PreparedStatement read = session.connection().prepareStatement("SELECT data FROM pack WHERE id = ?");
                PreparedStatement delete = session.connection().prepareStatement("DELETE FROM pack WHERE id = ?");
                Decompressor decompressor = new Decompressor(dictionaries)) {
            for (long pack : packs) {
                read.setLong(1, pack);
                try (ResultSet row = read.executeQuery()) {
                    row.next();
                    session.segments()
                            .delete(
                                    Pack.decode(decompressor.decompress(row.getBytes(1), PackCache.MOST_DECODED_BYTES)),
                                    pack);
                }
                delete.setLong(1, pack);
                delete.executeUpdate();
            }
        }
        return packs.size();
    }

    private static void doom(Statement statement, String select) throws SQLException {
        statement.execute("CREATE TEMP TABLE IF NOT EXISTS doomed(id INTEGER PRIMARY KEY)");
        statement.execute("DELETE FROM doomed");
        statement.execute("INSERT INTO doomed " + select + " LIMIT " + SLICE);
    }
}
