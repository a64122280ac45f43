package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.AttemptReason;
import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheReading;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.InferredFrom;
import dev.ccproxy.exchange.Labels;
import dev.ccproxy.exchange.Place;
import dev.ccproxy.exchange.Waste;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The columns of what was worked out about an exchange, in one order for writing and reading. */
final class FindingColumns {

    /** Columns of the exchange itself. */
    static final String WRITTEN = "cost_nano, cost_certainty, cache_result, cache_cause, lost_tokens, lost_nano,"
            + " saved_nano, waste, turn, attempt, attempt_reason, diverged_at";

    static final int WRITTEN_COUNT = 12;

    /** The same, and what people call its agent and session. */
    static final String SELECT =
            "e." + WRITTEN.replace(", ", ", e.") + ", t.agent_name, s.title, s.project, s.inferred";

    static final int COUNT = WRITTEN_COUNT + 4;

    private FindingColumns() {}

    /** Returns the number of the parameter behind. */
    static int bind(PreparedStatement statement, int first, Findings findings) throws SQLException {
        Charge charge = findings.charge();
        CacheReading cache = findings.cache();
        CacheCause cause = cache == null ? null : cache.cause();
        Place place = findings.place();
        AttemptReason reason = place.reason();
        Waste waste = findings.waste();
        int column = first;
        statement.setObject(column++, charge == null ? null : charge.nanoUsd());
        statement.setString(column++, charge == null ? null : charge.certainty().word());
        statement.setString(column++, cache == null ? null : cache.result().word());
        statement.setString(column++, cause == null ? null : cause.word());
        statement.setObject(column++, cache == null || cache.lostTokens() == 0 ? null : cache.lostTokens());
        statement.setObject(column++, cache == null || cache.lostNanoUsd() == 0 ? null : cache.lostNanoUsd());
        statement.setObject(column++, cache == null || cache.savedNanoUsd() == 0 ? null : cache.savedNanoUsd());
        statement.setString(column++, waste == null ? null : waste.word());
        statement.setObject(column++, place.turn());
        statement.setObject(column++, place.attempt() == 1 ? null : place.attempt());
        statement.setString(column++, reason == null ? null : reason.word());
        statement.setObject(column++, place.divergedAt());
        return column;
    }

    /** Reads {@link #SELECT} from that column on. */
    static Findings read(ResultSet row, int first) throws SQLException {
        String certainty = row.getString(first + 1);
        String waste = row.getString(first + 7);
        String inferred = row.getString(first + 15);
        return new Findings(
                certainty == null ? null : new Charge(row.getLong(first), Certainty.ofWord(certainty)),
                cache(row, first + 2),
                waste == null ? null : Waste.ofWord(waste),
                place(row, first + 8),
                new Labels(
                        row.getString(first + 12),
                        row.getString(first + 13),
                        row.getString(first + 14),
                        inferred == null ? null : InferredFrom.ofWord(inferred)));
    }

    private static Place place(ResultSet row, int first) throws SQLException {
        String reason = row.getString(first + 2);
        return new Place(
                integer(row, first),
                Math.max(1, row.getInt(first + 1)),
                reason == null ? null : AttemptReason.ofWord(reason),
                integer(row, first + 3));
    }

    private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable CacheReading cache(ResultSet row, int first) throws SQLException {
        String result = row.getString(first);
        String cause = row.getString(first + 1);
        return result == null
                ? null
                : new CacheReading(
                        CacheResult.ofWord(result),
                        cause == null ? null : CacheCause.ofWord(cause),
                        row.getLong(first + 2),
                        row.getLong(first + 3),
                        row.getLong(first + 4));
    }
}
