package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.storage.Dimension;
import dev.ccproxy.storage.FirstContentTimes;
import dev.ccproxy.storage.Sums;
import dev.ccproxy.storage.ToolCount;
import dev.ccproxy.storage.UsagePoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What models were used for over a range of time. */
public record UsageForm(
        @JsonPropertyDescription("Beginning of the range: a whole hour, in milliseconds since 1970.")
        long from,

        @JsonPropertyDescription("End of the range, exclusive.")
        long to,

        @JsonPropertyDescription("Milliseconds of a stretch.")
        long bucket,

        Dimension group,
        SumsForm total,

        @JsonPropertyDescription("Beginnings of the stretches.")
        List<Long> x,

        @JsonPropertyDescription("One for each value of the dimension, the most expensive first; at most 50.")
        List<Series> series,

        @JsonPropertyDescription("How many values there are besides those shown.")
        int omitted,

        @JsonPropertyDescription("Time to the first content, by model; right within a fifth.")
        List<FirstContent> firstContent,

        @JsonPropertyDescription("How often tools were called; the 50 that were called most.")
        List<Tool> tools) {

    private static final int MOST_SERIES = 50;

    /** One value of the dimension. */
    public record Series(
            @JsonPropertyDescription("The value; empty where none is known.")
            String key,

            @JsonPropertyDescription("Of a session, its title; absent where there is none.") @Nullable
            String title,

            SumsForm total,

            @JsonPropertyDescription("Of the stretches in which anything was recorded, in their order.")
            List<Value> values) {}

    /** One stretch of a series. */
    public record Value(
            @JsonPropertyDescription("Its beginning: one of `x`.")
            long at,

            SumsForm sums) {}

    /** How long a model took to its first content. */
    public record FirstContent(
            String model,
            long n,
            @JsonPropertyDescription("Milliseconds.") long p50,
            @JsonPropertyDescription("Milliseconds.") long p95) {}

    /** How often a tool was called. */
    public record Tool(String tool, long calls) {}

    /**
     * What was asked for.
     *
     * @param from a whole hour
     */
    public record Asked(Instant from, Instant to, Duration stretch, Dimension dimension) {}

    /**
     * Adds up what was used.
     *
     * @param titles gives titles by keys; asked once, for what is shown
     */
    public static UsageForm of(
            Asked asked,
            List<UsagePoint> points,
            Function<List<String>, Map<String, String>> titles,
            List<FirstContentTimes> times,
            List<ToolCount> tools) {
        List<Long> x = new ArrayList<>();
        for (Instant at = asked.from(); at.isBefore(asked.to()); at = at.plus(asked.stretch())) {
            x.add(at.toEpochMilli());
        }
        Map<String, Map<Long, Sums>> byKey = new LinkedHashMap<>();
        points.forEach(point -> byKey.computeIfAbsent(point.key(), _ -> new LinkedHashMap<>())
                .merge(point.at().toEpochMilli(), point.sums(), Sums::plus));
        List<Map.Entry<String, Map<Long, Sums>>> shown = byKey.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, Map<Long, Sums>> each) -> weight(total(each.getValue())))
                        .reversed())
                .limit(MOST_SERIES)
                .toList();
        Map<String, String> titled =
                titles.apply(shown.stream().map(Map.Entry::getKey).toList());
        List<Series> series = shown.stream()
                .map(each -> series(each.getKey(), titled.get(each.getKey()), each.getValue(), x))
                .toList();
        return new UsageForm(
                asked.from().toEpochMilli(),
                asked.to().toEpochMilli(),
                asked.stretch().toMillis(),
                asked.dimension(),
                SumsForm.of(points.stream().map(UsagePoint::sums).reduce(Sums.NOTHING, Sums::plus)),
                x,
                series,
                byKey.size() - series.size(),
                times.stream()
                        .map(each -> new FirstContent(
                                each.model(),
                                each.exchanges(),
                                each.median().toMillis(),
                                each.p95().toMillis()))
                        .toList(),
                tools.stream().map(each -> new Tool(each.tool(), each.calls())).toList());
    }

    private static Series series(String key, @Nullable String title, Map<Long, Sums> sums, List<Long> x) {
        List<Value> values = new ArrayList<>();
        for (Long at : x) {
            Sums there = sums.get(at);
            if (there != null) {
                values.add(new Value(at, SumsForm.of(there)));
            }
        }
        return new Series(key, title, SumsForm.of(total(sums)), values);
    }

    private static Sums total(Map<Long, Sums> sums) {
        return sums.values().stream().reduce(Sums.NOTHING, Sums::plus);
    }

    /** The dearest first; of those that cost nothing, the most used. */
    private static long weight(Sums sums) {
        return sums.exactNano() + sums.estimatedNano() + sums.exchanges();
    }
}
