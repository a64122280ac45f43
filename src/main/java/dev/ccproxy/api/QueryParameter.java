package dev.ccproxy.api;

import dev.ccproxy.http.Call;
import dev.ccproxy.query.Moment;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import java.time.Clock;
import java.time.ZoneId;

/** The parameter {@code q} of a call. */
final class QueryParameter {

    private QueryParameter() {}

    /** Without it, everything is meant. Dates are meant where the program runs, which is where its user is. */
    static Parsed of(Call call, Clock clock) {
        return Query.parse(call.queryValue("q").orElse(""), new Moment(clock.instant(), ZoneId.systemDefault()));
    }
}
