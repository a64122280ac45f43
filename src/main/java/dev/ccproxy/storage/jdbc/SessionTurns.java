package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.session.Turn;
import dev.ccproxy.storage.StoredTurn;
import dev.ccproxy.storage.Sums;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the turns of one session with their exchanges. */
final class SessionTurns {

    private static final String OF_SESSION = " FROM thread t JOIN exchange e ON e.thread_id = t.id"
            + " JOIN session s ON s.id = t.session_id WHERE t.session_id = ? AND ";

    private SessionTurns() {}

    static List<StoredTurn> read(Connection connection, long session, int after, int limit) throws SQLException {
        List<StoredTurn> turns = new ArrayList<>();
        if (after < 0) {
            add(turns, connection, null, new Sql(OF_SESSION + "e.turn IS NULL").with(session));
        }
        Sql sql = new Sql(
                "SELECT number, prompt_id, prompt FROM turn WHERE session_id = ? AND number > ? ORDER BY number LIMIT ?");
        for (Turn turn :
                Rows.list(connection, sql.with(session).with(Math.max(0, after)).with(limit), SessionTurns::turn)) {
            add(
                    turns,
                    connection,
                    turn,
                    new Sql(OF_SESSION + "e.turn = ?").with(session).with(turn.number()));
        }
        return turns;
    }

    private static Turn turn(ResultSet row) throws SQLException {
        return new Turn(row.getInt(1), row.getString(2), row.getString(3));
    }

    /** Nothing where no exchange of it is left. */
    private static void add(List<StoredTurn> turns, Connection connection, @Nullable Turn turn, Sql of)
            throws SQLException {
        Sql list = new Sql("SELECT " + SummaryColumns.SELECT);
        list.add(of);
        list.add(" ORDER BY e.started_at, e.public_id LIMIT ?", StoredTurn.MOST_EXCHANGES);
        List<ExchangeSummary> exchanges = Rows.list(connection, list, SummaryColumns::read);
        if (exchanges.isEmpty()) {
            return;
        }
        Sql sums = new Sql("SELECT " + SumColumns.OF_EXCHANGES + ", max(e.started_at)");
        sums.add(of);
        record All(Sums sums, Instant last) {}
        All all = Rows.list(
                        connection,
                        sums,
                        row -> new All(
                                SumColumns.read(row, 1), Instant.ofEpochMilli(row.getLong(SumColumns.COUNT + 1))))
                .getFirst();
        turns.add(new StoredTurn(turn, exchanges.getFirst().at(), all.last(), exchanges, all.sums()));
    }
}
