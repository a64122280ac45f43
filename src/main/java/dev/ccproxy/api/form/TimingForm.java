package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.storage.ArrivalTimes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When the parts of an answer came, in milliseconds since the request began. */
public record TimingForm(
        @JsonPropertyDescription("Head of the answer.") @Nullable
        Double head,

        @JsonPropertyDescription("First byte of the answer's body.") @Nullable
        Double firstByte,

        @JsonPropertyDescription("First content of the message.") @Nullable
        Double firstContent,

        @JsonPropertyDescription("Last byte of the answer's body.") @Nullable
        Double lastByte,

        @JsonPropertyDescription("End of the exchange.") @Nullable
        Double end,

        @JsonPropertyDescription("In how many pieces the body was read from the network.")
        int pieces,

        @JsonPropertyDescription("Longest time between two pieces.") @Nullable
        Double longestSilence) {

    public static TimingForm of(ExchangeSummary summary, ArrivalTimes arrivals) {
        int pieces = arrivals.size();
        return new TimingForm(
                millis(summary.timeToHead()),
                pieces == 0 ? null : millis(arrivals.micros(0)),
                millis(summary.timeToFirstContent()),
                pieces == 0 ? null : millis(arrivals.micros(pieces - 1)),
                millis(summary.duration()),
                pieces,
                pieces < 2 ? null : millis(longestSilenceMicros(arrivals)));
    }

    private static long longestSilenceMicros(ArrivalTimes arrivals) {
        long longest = 0;
        for (int i = 1; i < arrivals.size(); i++) {
            longest = Math.max(longest, arrivals.micros(i) - arrivals.micros(i - 1));
        }
        return longest;
    }

    private static @Nullable Double millis(@Nullable Duration duration) {
        return duration == null ? null : millis(duration.toNanos() / 1_000);
    }

    static double millis(long micros) {
        return micros / 1_000.0;
    }
}
