package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.storage.FirstContentTimes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How long answers took to their first content, counted in buckets that grow by a fifth. */
final class FirstContents {

    private static final double BUCKETS_PER_DOUBLING = 4;
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final PreparedStatement count;

    /** For the writer thread. */
    FirstContents(Connection connection) throws SQLException {
        this.count = connection.prepareStatement("""
                INSERT INTO rollup_first_content(hour, model, bucket, exchanges) VALUES (?, ?, ?, 1)
                ON CONFLICT(hour, model, bucket) DO UPDATE SET exchanges = rollup_first_content.exchanges + 1""");
    }

    void ended(ExchangeSummary summary) throws SQLException {
        Duration time = summary.timeToFirstContent();
        if (time != null) {
            count.setLong(1, summary.at().toEpochMilli() / HOUR_MILLIS);
            count.setString(
                    2,
                    Objects.requireNonNullElse(
                            summary.model(), Objects.requireNonNullElse(summary.requestedModel(), "")));
            count.setInt(3, bucket(time));
            count.executeUpdate();
        }
    }

    static int bucket(Duration time) {
        double millis = Math.max(1, time.toMillis());
        return (int) Math.round(Math.log(millis) / Math.log(2) * BUCKETS_PER_DOUBLING);
    }

    private static Duration time(int bucket) {
        return Duration.ofMillis(Math.round(Math.pow(2, bucket / BUCKETS_PER_DOUBLING)));
    }

    private record Counted(String model, int bucket, long exchanges) {}

    /** Of hours from one to before another; the most used model first. */
    static List<FirstContentTimes> read(Connection connection, long fromHour, long toHour) throws SQLException {
        Sql sql = new Sql("SELECT model, bucket, sum(exchanges) FROM rollup_first_content"
                + " WHERE hour >= ? AND hour < ? GROUP BY 1, 2 ORDER BY 1, 2");
        Map<String, List<Counted>> models = new LinkedHashMap<>();
        for (Counted counted : Rows.list(
                connection,
                sql.with(fromHour).with(toHour),
                row -> new Counted(row.getString(1), row.getInt(2), row.getLong(3)))) {
            models.computeIfAbsent(counted.model(), _ -> new ArrayList<>()).add(counted);
        }
        return models.values().stream()
                .map(FirstContents::times)
                .sorted(Comparator.comparingLong(FirstContentTimes::exchanges).reversed())
                .toList();
    }

    private static FirstContentTimes times(List<Counted> counts) {
        long all = counts.stream().mapToLong(Counted::exchanges).sum();
        return new FirstContentTimes(
                counts.getFirst().model(), all, quantile(counts, all * 0.5), quantile(counts, all * 0.95));
    }

    private static Duration quantile(List<Counted> counts, double rank) {
        long seen = 0;
        for (Counted counted : counts) {
            seen += counted.exchanges();
            if (seen >= rank) {
                return time(counted.bucket());
            }
        }
        return time(counts.getLast().bucket());
    }
}
