package dev.ccproxy.api;

import dev.ccproxy.api.form.NowForm;
import dev.ccproxy.api.form.UsageForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.storage.Dimension;
import dev.ccproxy.storage.SessionReader;
import dev.ccproxy.storage.UsageReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Use over time, and what is going on now. Safe for all threads. */
final class UsageCharts {

    /** Up to the year 9999. */
    static final Whole MILLIS = new Whole(0, 253_402_300_799_000L, 0);

    static final Whole HOURS = new Whole(1, 24 * 366, 1);

    private static final Duration USUAL_RANGE = Duration.ofDays(7);
    private static final Duration LATELY = Duration.ofMinutes(15);

    /** More points than this no chart shows. */
    private static final long MOST_STRETCHES = 1_000;

    /** As many stretches as this are aimed at where none are asked for. */
    private static final long USUAL_STRETCHES = 100;

    private final UsageReader reader;
    private final SessionReader sessions;
    private final Clock clock;

    UsageCharts(UsageReader reader, SessionReader sessions, Clock clock) {
        this.reader = reader;
        this.sessions = sessions;
        this.clock = clock;
    }

    Answer usage(Call call) {
        Optional<Dimension> dimension =
                Dimension.ofWord(call.queryValue("group").orElse(Dimension.MODEL.word()));
        if (dimension.isEmpty()) {
            return Problem.badParameter(
                            "`group` must be none, model, agent, project, kind, session, token or day. Without it, model is used.")
                    .answer();
        }
        Instant to = call.queryValue("to").isPresent()
                ? Instant.ofEpochMilli(MILLIS.of(call, "to"))
                : clock.instant().plusMillis(1);
        Instant from = (call.queryValue("from").isPresent()
                        ? Instant.ofEpochMilli(MILLIS.of(call, "from"))
                        : to.minus(USUAL_RANGE))
                .truncatedTo(ChronoUnit.HOURS);
        long hours = Math.ceilDiv(
                Math.max(0, Duration.between(from, to).toMillis()),
                Duration.ofHours(1).toMillis());
        long stretch = call.queryValue("bucket").isPresent()
                ? HOURS.of(call, "bucket")
                : Math.max(1, Math.ceilDiv(hours, USUAL_STRETCHES));
        if (hours == 0 || hours / stretch > MOST_STRETCHES) {
            return Problem.badParameter(
                            hours == 0
                                    ? "`from` must lie before `to`."
                                    : "The range has more than 1000 stretches: make `bucket` longer, or leave it out.")
                    .answer();
        }
        UsageForm.Asked asked = new UsageForm.Asked(from, to, Duration.ofHours(stretch), dimension.get());
        return JsonForm.answer(
                200,
                UsageForm.of(
                        asked,
                        reader.usage(from, to, asked.stretch(), asked.dimension()),
                        keys -> asked.dimension() == Dimension.SESSION ? sessions.titles(keys) : Map.of(),
                        reader.firstContents(from, to),
                        reader.tools(from, to)));
    }

    Answer now(Call call) {
        return JsonForm.answer(200, now());
    }

    NowForm now() {
        Instant now = clock.instant();
        return NowForm.of(now, reader.active(now.minus(LATELY)));
    }
}
