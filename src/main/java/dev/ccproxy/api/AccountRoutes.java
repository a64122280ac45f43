package dev.ccproxy.api;

import dev.ccproxy.api.form.LimitsForm;
import dev.ccproxy.api.form.PriceListForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.api.route.RouteDraft;
import java.util.List;

/** Routes about the account with the provider: what it may use, and what things cost. */
final class AccountRoutes {

    private AccountRoutes() {}

    static List<Route> of(ApiRoutes.Parts parts) {
        return List.of(limits(parts), prices(parts));
    }

    private static Route limits(ApiRoutes.Parts parts) {
        return RouteDraft.viewer(
                        "GET",
                        "/api/limits",
                        "listLimits",
                        "Tells what is left of the provider's rate limits, when they reset, and how they went.")
                .parameters(Parameter.query("hours", LimitList.HOURS, "How far the history goes back."))
                .replies(Reply.json(200, LimitsForm.class, "Every limit that was told of."))
                .by(new LimitList(parts.limits(), parts.clock()));
    }

    private static Route prices(ApiRoutes.Parts parts) {
        return RouteDraft.viewer("GET", "/api/prices", "listPrices", "Lists the prices by which costs are worked out.")
                .replies(Reply.json(200, PriceListForm.class, "Every price, with source and date."))
                .by(call -> JsonForm.answer(200, PriceListForm.of(parts.prices().get())));
    }
}
