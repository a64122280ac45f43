package dev.ccproxy.api;

import dev.ccproxy.api.RecordedBodies.Said;
import dev.ccproxy.api.RecordedBodies.Texts;
import dev.ccproxy.api.form.BodyForm;
import dev.ccproxy.api.form.ExchangeDetailForm;
import dev.ccproxy.api.form.ExchangeSummaryForm;
import dev.ccproxy.api.form.HeaderForm;
import dev.ccproxy.api.form.TimingForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.Marks;
import dev.ccproxy.storage.StoredExchange;
import java.io.IOException;
import java.util.Optional;

/** Everything about one exchange, with its JSON parts bounded. */
final class ExchangeDetail implements Endpoint.Handler {

    private final ExchangeReader reader;
    private final StoredBytes bodies;

    ExchangeDetail(ExchangeReader reader, StoredBytes bodies) {
        this.reader = reader;
        this.bodies = bodies;
    }

    @Override
    public Answer answer(Call call) throws IOException, InterruptedException {
        ExchangeId id = ApiRoutes.id(call);
        Optional<StoredExchange> found = reader.find(id);
        if (found.isEmpty()) {
            return Problem.unknownExchange(id).answer();
        }
        return bodies.inTurn(() -> JsonForm.answer(200, form(found.get())));
    }

    private ExchangeDetailForm form(StoredExchange exchange) throws IOException, InterruptedException {
        ExchangeId id = exchange.summary().id();
        RecordedBodies recorded = new RecordedBodies(reader, exchange);
        Said said = recorded.responseBytes()
                .map(body -> recorded.said(body, Texts.BOUNDED))
                .orElse(Said.NOTHING);
        Marks marks = reader.marks(id);
        return new ExchangeDetailForm(
                ExchangeSummaryForm.of(exchange.summary()),
                marks.starred(),
                marks.tags(),
                exchange.target(),
                exchange.clientAddress(),
                exchange.tokenName(),
                exchange.detail().isEmpty() ? null : exchange.detail(),
                exchange.requestId(),
                exchange.messageId(),
                exchange.attemptGroup(),
                HeaderForm.listOf(exchange.requestHeaders()),
                exchange.requestBody() == null
                        ? null
                        : BodyForm.of(exchange.requestBody(), ApiRoutes.requestBodyPath(id)),
                recorded.request(Texts.BOUNDED).orElse(null),
                exchange.responseHeaders() == null ? null : HeaderForm.listOf(exchange.responseHeaders()),
                exchange.responseBody() == null
                        ? null
                        : BodyForm.of(exchange.responseBody(), ApiRoutes.responseBodyPath(id)),
                recorded.isStreamed(),
                said.json().orElse(null),
                said.folding().orElse(null),
                TimingForm.of(exchange.summary(), reader.arrivals(id)),
                reader.rerouting(id).map(legs -> Reroutings.form(id, legs)).orElse(null));
    }
}
