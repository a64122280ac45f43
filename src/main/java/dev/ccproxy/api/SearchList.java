package dev.ccproxy.api;

import dev.ccproxy.api.form.SearchPageForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.QueryProblem;
import dev.ccproxy.storage.TextSearch;
import java.time.Clock;

/** Hits of a search in requests and answers. */
final class SearchList implements Endpoint.Handler {

    static final Whole LIMIT = new Whole(1, 100, 20);

    private final TextSearch search;
    private final Clock clock;

    SearchList(TextSearch search, Clock clock) {
        this.search = search;
        this.clock = clock;
    }

    @Override
    public Answer answer(Call call) throws InterruptedException {
        return switch (QueryParameter.of(call, clock)) {
            case Parsed.Misunderstood(QueryProblem problem) ->
                Problem.badQuery(problem).answer();
            case Parsed.Understood(Query query)
            when !query.wantsText() ->
                Problem.badParameter("`q` must have a text to look for, such as `\"no such file\" model:opus`; GET"
                                + " /api/exchanges takes keys alone.")
                        .answer();
            case Parsed.Understood(Query query) -> page(call, query);
        };
    }

    private Answer page(Call call, Query query) throws InterruptedException {
        int limit = (int) LIMIT.of(call, "limit");
        try {
            return JsonForm.answer(
                    200,
                    SearchPageForm.of(search.search(query, limit, call.query().get("cursor"))));
        } catch (IllegalArgumentException unknownCursor) {
            return Problem.badParameter("`cursor` must be the `next` of a page of this search, or be left out.")
                    .answer();
        }
    }
}
