package dev.ccproxy.api;

import dev.ccproxy.api.form.LimitsForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.storage.LimitReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What the upstream said about rate limits, now and over time. */
final class LimitList implements Endpoint.Handler {

    /** How far the history goes back. */
    static final Whole HOURS = new Whole(1, 35 * 24, 24);

    /** Of each limit, about. */
    private static final long MOST_POINTS = 300;

    private final LimitReader limits;
    private final Clock clock;

    LimitList(LimitReader limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Answer answer(Call call) {
        Duration span = Duration.ofHours(HOURS.of(call, "hours"));
        Instant now = clock.instant();
        long step = Math.max(1, span.toMillis() / MOST_POINTS);
        return JsonForm.answer(200, LimitsForm.of(limits.latest(), limits.since(now.minus(span)), step, now));
    }
}
