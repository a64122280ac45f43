package dev.ccproxy.api;

import dev.ccproxy.api.form.CancellingForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.storage.ExchangeReader;

/** Ends a running exchange from the dashboard. */
final class CancelExchange implements Endpoint.Handler {

    private final ExchangeCanceller canceller;
    private final ExchangeReader reader;

    CancelExchange(ExchangeCanceller canceller, ExchangeReader reader) {
        this.canceller = canceller;
        this.reader = reader;
    }

    @Override
    public Answer answer(Call call) {
        ExchangeId id = ApiRoutes.id(call);
        if (canceller.cancel(id)) {
            return JsonForm.answer(202, new CancellingForm(id.toString(), true));
        }
        return reader.find(id)
                .map(exchange ->
                        Problem.notRunning(id, exchange.summary().outcome().word()))
                .orElseGet(() -> Problem.unknownExchange(id))
                .answer();
    }
}
