package dev.ccproxy.storage.jdbc;

import dev.ccproxy.anthropic.RateLimit;
import dev.ccproxy.anthropic.RateLimits;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Headers;
import dev.ccproxy.recent.RecentMap;
import dev.ccproxy.storage.LimitReading;
import dev.ccproxy.storage.StoreEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what answers say about rate limits: of each limit the last reading of each five minutes, for
 * {@link #KEPT}. For the writer thread.
 */
final class LimitTable {

    static final long SLOT_MILLIS = Duration.ofMinutes(5).toMillis();

    /** Some thousand readings of each limit. */
    static final Duration KEPT = Duration.ofDays(35);

    private static final long SLOTS_OF_AN_HOUR = 12;
    private static final String ACCOUNT = "anthropic-organization-id";
    private static final int MOST_ACCOUNT_CHARS = 64;
    private static final int REMEMBERED = 1_000;

    private record Place(String account, String name, String model) {}

    private record Written(long slot, RateLimit limit) {}

    private final PreparedStatement insert;
    private final PreparedStatement expire;
    private final RecentMap<Place, Written> recent = new RecentMap<>(REMEMBERED);
    private long expiredSlot;

    LimitTable(Connection connection) throws SQLException {
        this.insert = connection.prepareStatement("""
                INSERT INTO rate_limit(account, name, model, slot, at, status, most, remaining, utilization, resets_at, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(account, name, model, slot) DO UPDATE SET at = excluded.at, status = excluded.status,
                  most = excluded.most, remaining = excluded.remaining, utilization = excluded.utilization,
                  resets_at = excluded.resets_at, detail = excluded.detail
                WHERE excluded.at >= rate_limit.at""");
        this.expire = connection.prepareStatement("DELETE FROM rate_limit WHERE slot < ?");
    }

    void ended(StoreEvent.Ended ended) throws SQLException {
        Headers headers = ended.headers();
        if (headers == null) {
            return;
        }
        ExchangeSummary summary = ended.summary();
        Instant at = summary.at().plus(Objects.requireNonNullElse(summary.timeToHead(), Duration.ZERO));
        String named = headers.first(ACCOUNT).orElse("");
        String account = named.substring(0, Math.min(named.length(), MOST_ACCOUNT_CHARS));
        for (RateLimit limit : RateLimits.of(headers)) {
            String model = limit.ofPlan() ? "" : Objects.requireNonNullElse(summary.requestedModel(), "");
            write(new LimitReading(account, model, at, limit));
        }
    }

    private void write(LimitReading reading) throws SQLException {
        RateLimit limit = reading.limit();
        Place place = new Place(reading.account(), limit.name(), reading.model());
        long at = reading.at().toEpochMilli();
        Written now = new Written(at / SLOT_MILLIS, limit);
        if (now.equals(recent.get(place))) {
            return;
        }
        insert.setString(1, place.account());
        insert.setString(2, place.name());
        insert.setString(3, place.model());
        insert.setLong(4, now.slot());
        insert.setLong(5, at);
        insert.setString(6, limit.status());
        setLong(7, limit.limit());
        setLong(8, limit.remaining());
        if (limit.utilization() == null) {
            insert.setNull(9, Types.DOUBLE);
        } else {
            insert.setDouble(9, limit.utilization());
        }
        setLong(10, limit.resetsAt() == null ? null : limit.resetsAt().toEpochMilli());
        insert.setString(11, limit.detail());
        insert.executeUpdate();
        recent.put(place, now);
        expireBefore(now.slot());
    }

    /** Once an hour. */
    private void expireBefore(long slot) throws SQLException {
        if (slot >= expiredSlot + SLOTS_OF_AN_HOUR) {
            expiredSlot = slot;
            expire.setLong(1, slot - KEPT.toMillis() / SLOT_MILLIS);
            expire.executeUpdate();
        }
    }

    private void setLong(int column, @Nullable Long value) throws SQLException {
        if (value == null) {
            insert.setNull(column, Types.BIGINT);
        } else {
            insert.setLong(column, value);
        }
    }

    /** What was remembered may not be in the database: a transaction failed. */
    void forget() {
        recent.clear();
    }
}
