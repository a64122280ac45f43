package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.anthropic.RateLimit;
import dev.ccproxy.storage.LimitReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rate limits as the answers told of them: what is left, when they reset, and how they went. */
public record LimitsForm(
        @JsonPropertyDescription("Each limit that was ever told of and is still remembered.")
        List<LimitForm> items) {

    /** One limit. */
    public record LimitForm(
            @JsonPropertyDescription("Id of the organization that the answers named; empty where they named none.")
            String account,

            @JsonPropertyDescription("As in the header, such as unified-5h or input-tokens.")
            String name,

            @JsonPropertyDescription("The model that was asked for; absent for limits of a plan, which hold for all.")
            @Nullable
            String model,

            @JsonPropertyDescription("When it was told of last, in milliseconds since 1970.")
            long at,

            @JsonPropertyDescription("Such as allowed, allowed_warning or rejected.") @Nullable
            String status,

            @JsonPropertyDescription("Most requests or tokens of the window.") @Nullable
            Long limit,

            @JsonPropertyDescription("How many of these were left.") @Nullable
            Long remaining,

            @JsonPropertyDescription("The part that was used, 0 to 1 or more; told, or worked out from what was left.")
            @Nullable
            Double used,

            @JsonPropertyDescription("When the window ends, in milliseconds since 1970.") @Nullable
            Long resetsAt,

            @JsonPropertyDescription(
                    "Whether it has ended since: all of it is there again, unless somebody else uses it.")
            boolean over,

            @JsonPropertyDescription("What else was told, such as representative-claim: five_hour.") @Nullable
            String detail,

            @JsonPropertyDescription("How it went, oldest first; only what was told, no point in between.")
            List<PointForm> history) {}

    /** What was told at one time. */
    public record PointForm(
            @JsonPropertyDescription("Milliseconds since 1970.")
            long at,

            @Nullable Long remaining,
            @Nullable Double used,
            @Nullable String status) {}

    /**
     * Limits with their history, of which at most one point is kept for each step.
     *
     * @param history each limit's readings together, oldest first
     */
    public static LimitsForm of(List<LimitReading> latest, List<LimitReading> history, long stepMillis, Instant now) {
        return new LimitsForm(latest.stream()
                .map(reading -> limit(reading, points(reading, history, stepMillis), now))
                .toList());
    }

    private static LimitForm limit(LimitReading reading, List<PointForm> history, Instant now) {
        RateLimit limit = reading.limit();
        Instant resetsAt = limit.resetsAt();
        return new LimitForm(
                reading.account(),
                limit.name(),
                reading.model().isEmpty() ? null : reading.model(),
                reading.at().toEpochMilli(),
                limit.status(),
                limit.limit(),
                limit.remaining(),
                used(limit),
                resetsAt == null ? null : resetsAt.toEpochMilli(),
                resetsAt != null && !resetsAt.isAfter(now),
                limit.detail(),
                history);
    }

    /** The last point of each step. */
    private static List<PointForm> points(LimitReading of, List<LimitReading> history, long stepMillis) {
        List<PointForm> points = new ArrayList<>();
        for (LimitReading reading : history) {
            if (isSame(of, reading)) {
                PointForm point = point(reading);
                boolean sameStep = !points.isEmpty() && points.getLast().at() / stepMillis == point.at() / stepMillis;
                if (sameStep) {
                    points.removeLast();
                }
                points.add(point);
            }
        }
        return points;
    }

    private static boolean isSame(LimitReading one, LimitReading other) {
        return one.account().equals(other.account())
                && one.model().equals(other.model())
                && one.limit().name().equals(other.limit().name());
    }

    private static PointForm point(LimitReading reading) {
        RateLimit limit = reading.limit();
        return new PointForm(reading.at().toEpochMilli(), limit.remaining(), used(limit), limit.status());
    }

    private static @Nullable Double used(RateLimit limit) {
        if (limit.utilization() != null) {
            return limit.utilization();
        }
        Long most = limit.limit();
        Long left = limit.remaining();
        return most == null || left == null || most <= 0 ? null : 1 - (double) left / most;
    }
}
