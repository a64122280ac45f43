package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheReading;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.Findings;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The columns of what was worked out about an exchange, in one order for writing and reading. */
final class FindingColumns {

    static final String SELECT = "e.cost_nano, e.cost_certainty, e.cache_result, e.cache_cause, e.lost_tokens,"
            + " e.lost_nano, e.saved_nano";

    static final int COUNT = 7;

    private FindingColumns() {}

    /** Returns the number of the parameter behind. */
    static int bind(PreparedStatement statement, int first, Findings findings) throws SQLException {
        Charge charge = findings.charge();
        CacheReading cache = findings.cache();
        CacheCause cause = cache == null ? null : cache.cause();
        int column = first;
        statement.setObject(column++, charge == null ? null : charge.nanoUsd());
        statement.setString(column++, charge == null ? null : charge.certainty().word());
        statement.setString(column++, cache == null ? null : cache.result().word());
        statement.setString(column++, cause == null ? null : cause.word());
        statement.setObject(column++, cache == null || cache.lostTokens() == 0 ? null : cache.lostTokens());
        statement.setObject(column++, cache == null || cache.lostNanoUsd() == 0 ? null : cache.lostNanoUsd());
        statement.setObject(column++, cache == null || cache.savedNanoUsd() == 0 ? null : cache.savedNanoUsd());
        return column;
    }

    /** Reads {@link #SELECT} from that column on. */
    static Findings read(ResultSet row, int first) throws SQLException {
        String certainty = row.getString(first + 1);
        Charge charge = certainty == null ? null : new Charge(row.getLong(first), Certainty.ofWord(certainty));
        return new Findings(charge, cache(row, first + 2));
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
