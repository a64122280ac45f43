package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.CacheReading;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Usage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Sums that are kept so that nothing has to count: gathered during a transaction, written at its end. For the writer thread. */
final class Totals {

    private static final Usage NOTHING = new Usage(0, 0, 0, 0, 0);
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private record RollupKey(long hour, String model, String kind, long thread, long client) {}

    /** Ended exchanges and what they used. */
    private static final class Sum {
        private long exchanges;
        private long failed;
        private Usage usage = NOTHING;
        private long exactNano;
        private long estimatedNano;
        private long unpriced;
        private long breaks;
        private long lostNano;
        private long savedNano;
        private long wastedNano;

        void add(ExchangeSummary summary) {
            Usage more = Objects.requireNonNullElse(summary.usage(), NOTHING);
            exchanges++;
            failed += summary.outcome() == Outcome.COMPLETED ? 0 : 1;
            usage = new Usage(
                    usage.input() + more.input(),
                    usage.output() + more.output(),
                    usage.cacheRead() + more.cacheRead(),
                    usage.cacheWrite5m() + more.cacheWrite5m(),
                    usage.cacheWrite1h() + more.cacheWrite1h());
            add(summary.findings());
        }

        private void add(Findings findings) {
            wastedNano += findings.wastedNanoUsd();
            Charge charge = findings.charge();
            if (charge != null) {
                switch (charge.certainty()) {
                    case EXACT -> exactNano += charge.nanoUsd();
                    case ESTIMATED -> estimatedNano += charge.nanoUsd();
                    case UNPRICED -> unpriced++;
                }
            }
            CacheReading cache = findings.cache();
            if (cache != null) {
                breaks += cache.result() == CacheResult.BREAK ? 1 : 0;
                lostNano += cache.lostNanoUsd();
                savedNano += cache.savedNanoUsd();
            }
        }
    }

    /** What a transaction changes of a thread. */
    private static final class ThreadChange {
        private final long session;
        private final Sum ended = new Sum();
        private long begun;
        private long lastAt;

        ThreadChange(long session) {
            this.session = session;
        }
    }

    private final PreparedStatement addToThread;
    private final PreparedStatement touchSession;
    private final PreparedStatement addToRollup;
    private final PreparedStatement addToCount;
    private final Map<Long, ThreadChange> threads = new HashMap<>();
    private final Map<RollupKey, Sum> rollups = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();

    Totals(Connection connection) throws SQLException {
        this.addToThread = connection.prepareStatement("""
                UPDATE thread SET last_at = CASE WHEN last_at < ? THEN ? ELSE last_at END, exchanges = exchanges + ?,
                  input_tokens = input_tokens + ?, output_tokens = output_tokens + ?,
                  cache_read_tokens = cache_read_tokens + ?, cache_write_tokens = cache_write_tokens + ?,
                  failed = failed + ?, cost_nano = cost_nano + ?, cost_estimated_nano = cost_estimated_nano + ?,
                  unpriced = unpriced + ?, breaks = breaks + ?, lost_nano = lost_nano + ?, saved_nano = saved_nano + ?,
                  wasted_nano = wasted_nano + ?
                WHERE id = ?""");
        this.touchSession = connection.prepareStatement("UPDATE session SET last_at = ? WHERE id = ? AND last_at < ?");
        this.addToRollup = connection.prepareStatement("""
                INSERT INTO rollup(hour, model, kind, thread_id, client_id, exchanges, failed, input_tokens,
                  output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, cost_exact_nano,
                  cost_estimated_nano, unpriced, breaks, lost_nano, saved_nano, wasted_nano)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(hour, model, kind, thread_id, client_id) DO UPDATE SET
                  exchanges = rollup.exchanges + excluded.exchanges, failed = rollup.failed + excluded.failed,
                  input_tokens = rollup.input_tokens + excluded.input_tokens,
                  output_tokens = rollup.output_tokens + excluded.output_tokens,
                  cache_read_tokens = rollup.cache_read_tokens + excluded.cache_read_tokens,
                  cache_write_5m_tokens = rollup.cache_write_5m_tokens + excluded.cache_write_5m_tokens,
                  cache_write_1h_tokens = rollup.cache_write_1h_tokens + excluded.cache_write_1h_tokens,
                  cost_exact_nano = rollup.cost_exact_nano + excluded.cost_exact_nano,
                  cost_estimated_nano = rollup.cost_estimated_nano + excluded.cost_estimated_nano,
                  unpriced = rollup.unpriced + excluded.unpriced, breaks = rollup.breaks + excluded.breaks,
                  lost_nano = rollup.lost_nano + excluded.lost_nano, saved_nano = rollup.saved_nano + excluded.saved_nano,
                  wasted_nano = rollup.wasted_nano + excluded.wasted_nano""");
        this.addToCount = connection.prepareStatement("""
                INSERT INTO model_count(model, exchanges) VALUES (?, ?)
                ON CONFLICT(model) DO UPDATE SET exchanges = model_count.exchanges + excluded.exchanges""");
    }

    void begun(OpenRow row, ExchangeSummary summary) {
        ThreadChange thread = thread(row);
        thread.begun++;
        thread.lastAt = Math.max(thread.lastAt, summary.at().toEpochMilli());
        counts.merge(row.countedModel(), 1L, Long::sum);
    }

    void changed(OpenRow before, OpenRow now, ExchangeSummary summary) {
        if (!before.countedModel().equals(now.countedModel())) {
            counts.merge(before.countedModel(), -1L, Long::sum);
            counts.merge(now.countedModel(), 1L, Long::sum);
        }
        if (!before.thread().equals(now.thread())) {
            thread(before).begun--;
            ThreadChange thread = thread(now);
            thread.begun++;
            thread.lastAt = Math.max(thread.lastAt, summary.at().toEpochMilli());
        }
    }

    void ended(OpenRow row, ExchangeSummary summary) {
        thread(row).ended.add(summary);
        String model = summary.model() == null ? row.countedModel() : summary.model();
        RollupKey key = new RollupKey(
                summary.at().toEpochMilli() / HOUR_MILLIS,
                model,
                summary.kind().word(),
                row.thread().id(),
                row.client());
        rollups.computeIfAbsent(key, _ -> new Sum()).add(summary);
    }

    /** Writes what was gathered. */
    void write() throws SQLException {
        for (Map.Entry<Long, ThreadChange> change : threads.entrySet()) {
            write(change.getKey(), change.getValue());
        }
        for (Map.Entry<RollupKey, Sum> change : rollups.entrySet()) {
            write(change.getKey(), change.getValue());
        }
        for (Map.Entry<String, Long> change : counts.entrySet()) {
            addToCount.setString(1, change.getKey());
            addToCount.setLong(2, change.getValue());
            addToCount.executeUpdate();
        }
        forget();
    }

    /** The transaction failed. */
    void forget() {
        threads.clear();
        rollups.clear();
        counts.clear();
    }

    private ThreadChange thread(OpenRow row) {
        return threads.computeIfAbsent(
                row.thread().id(), _ -> new ThreadChange(row.thread().session()));
    }

    private void write(long thread, ThreadChange change) throws SQLException {
        Sum sum = change.ended;
        Usage usage = sum.usage;
        addToThread.setLong(1, change.lastAt);
        addToThread.setLong(2, change.lastAt);
        addToThread.setLong(3, change.begun);
        addToThread.setLong(4, usage.input());
        addToThread.setLong(5, usage.output());
        addToThread.setLong(6, usage.cacheRead());
        addToThread.setLong(7, usage.cacheWrite5m() + usage.cacheWrite1h());
        addToThread.setLong(8, sum.failed);
        addToThread.setLong(9, sum.exactNano + sum.estimatedNano);
        addToThread.setLong(10, sum.estimatedNano);
        addToThread.setLong(11, sum.unpriced);
        addToThread.setLong(12, sum.breaks);
        addToThread.setLong(13, sum.lostNano);
        addToThread.setLong(14, sum.savedNano);
        addToThread.setLong(15, sum.wastedNano);
        addToThread.setLong(16, thread);
        addToThread.executeUpdate();
        if (change.lastAt > 0) {
            touchSession.setLong(1, change.lastAt);
            touchSession.setLong(2, change.session);
            touchSession.setLong(3, change.lastAt);
            touchSession.executeUpdate();
        }
    }

    private void write(RollupKey key, Sum sum) throws SQLException {
        addToRollup.setLong(1, key.hour());
        addToRollup.setString(2, key.model());
        addToRollup.setString(3, key.kind());
        addToRollup.setLong(4, key.thread());
        addToRollup.setLong(5, key.client());
        addToRollup.setLong(6, sum.exchanges);
        addToRollup.setLong(7, sum.failed);
        addToRollup.setLong(8, sum.usage.input());
        addToRollup.setLong(9, sum.usage.output());
        addToRollup.setLong(10, sum.usage.cacheRead());
        addToRollup.setLong(11, sum.usage.cacheWrite5m());
        addToRollup.setLong(12, sum.usage.cacheWrite1h());
        addToRollup.setLong(13, sum.exactNano);
        addToRollup.setLong(14, sum.estimatedNano);
        addToRollup.setLong(15, sum.unpriced);
        addToRollup.setLong(16, sum.breaks);
        addToRollup.setLong(17, sum.lostNano);
        addToRollup.setLong(18, sum.savedNano);
        addToRollup.setLong(19, sum.wastedNano);
        addToRollup.executeUpdate();
    }
}
