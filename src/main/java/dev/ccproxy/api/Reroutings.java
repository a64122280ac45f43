package dev.ccproxy.api;

import dev.ccproxy.api.form.BodyForm;
import dev.ccproxy.api.form.HeaderForm;
import dev.ccproxy.api.form.ReroutingForm;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.storage.UpstreamLegs;
import dev.ccproxy.translate.Loss;
import java.util.Arrays;
import java.util.List;

/** Shows where a rule sent an exchange. */
final class Reroutings {

    static final String REQUEST_BODY = "/api/exchanges/{id}/upstream/request/body";
    static final String RESPONSE_BODY = "/api/exchanges/{id}/upstream/response/body";

    private Reroutings() {}

    static ReroutingForm form(ExchangeId id, UpstreamLegs legs) {
        return new ReroutingForm(
                legs.route().provider(),
                legs.route().model(),
                legs.route().rule(),
                legs.route().agent(),
                legs.failed().stream()
                        .map(each ->
                                new ReroutingForm.FailedForm(each.provider(), each.model(), each.status(), each.why()))
                        .toList(),
                losses(legs.losses()),
                HeaderForm.listOf(legs.requestHeaders()),
                BodyForm.of(legs.requestBody(), REQUEST_BODY.replace("{id}", id.toString())),
                legs.status(),
                legs.responseHeaders() == null ? null : HeaderForm.listOf(legs.responseHeaders()),
                legs.responseBody() == null
                        ? null
                        : BodyForm.of(legs.responseBody(), RESPONSE_BODY.replace("{id}", id.toString())));
    }

    /** One that another version named is shown without a meaning. */
    private static List<ReroutingForm.LossForm> losses(List<String> names) {
        return names.stream()
                .map(name -> new ReroutingForm.LossForm(
                        name,
                        Arrays.stream(Loss.values())
                                .filter(loss -> loss.label().equals(name))
                                .map(Loss::sentence)
                                .findFirst()
                                .orElse("")))
                .toList();
    }
}
