package dev.ccproxy.api;

import dev.ccproxy.api.form.ExchangePageForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.QueryProblem;
import dev.ccproxy.storage.ExchangeReader;
import java.time.Clock;

/** The list of exchanges, newest first; reads no bodies. */
final class ExchangeList implements Endpoint.Handler {

    static final Whole LIMIT = new Whole(1, 200, 50);

    private final ExchangeReader reader;
    private final Clock clock;

    ExchangeList(ExchangeReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public Answer answer(Call call) {
        return switch (QueryParameter.of(call, clock)) {
            case Parsed.Misunderstood(QueryProblem problem) ->
                Problem.badQuery(problem).answer();
            case Parsed.Understood(Query query) -> page(call, query);
        };
    }

    private Answer page(Call call, Query query) {
        int limit = (int) LIMIT.of(call, "limit");
        try {
            return JsonForm.answer(
                    200,
                    ExchangePageForm.of(reader.list(query, limit, call.query().get("cursor"))));
        } catch (IllegalArgumentException unknownCursor) {
            return Problem.badParameter("`cursor` must be the `next` of a page of this list, or be left out.")
                    .answer();
        }
    }
}
