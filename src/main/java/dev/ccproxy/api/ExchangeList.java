package dev.ccproxy.api;

import dev.ccproxy.api.form.ExchangePageForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.storage.ExchangeFilter;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.ExchangeReader;

/** The list of exchanges, newest first; reads no bodies. */
final class ExchangeList implements Endpoint.Handler {

    static final Whole LIMIT = new Whole(1, 200, 50);

    private final ExchangeReader reader;

    ExchangeList(ExchangeReader reader) {
        this.reader = reader;
    }

    @Override
    public Answer answer(Call call) {
        int limit = (int) LIMIT.of(call, "limit");
        ExchangeQuery query =
                new ExchangeQuery(ExchangeFilter.ALL, limit, call.query().get("cursor"), 0);
        try {
            return JsonForm.answer(200, ExchangePageForm.of(reader.list(query)));
        } catch (IllegalArgumentException unknownCursor) {
            return Problem.badParameter("`cursor` must be the `next` of a page of this list, or be left out.")
                    .answer();
        }
    }
}
