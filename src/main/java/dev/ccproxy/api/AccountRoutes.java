package dev.ccproxy.api;

import dev.ccproxy.api.form.LimitsForm;
import dev.ccproxy.api.form.PriceListForm;
import dev.ccproxy.api.form.RoutesForm;
import dev.ccproxy.api.form.SimulationForm;
import dev.ccproxy.api.form.SimulationRequestForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.api.route.RouteDraft;
import java.util.List;

/** Routes about those who answer: what the account may use, what things cost, and who is asked. */
final class AccountRoutes {

    private AccountRoutes() {}

    static List<Route> of(ApiRoutes.Parts parts, StoredBytes bodies) {
        return List.of(limits(parts), prices(parts), routing(parts), simulation(parts, bodies));
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

    private static Route routing(ApiRoutes.Parts parts) {
        return RouteDraft.viewer(
                        "GET",
                        "/api/routes",
                        "listRoutes",
                        "Lists the rules by which requests are routed, how often each one matched, and who works.")
                .replies(Reply.json(200, RoutesForm.class, "Every rule, the agents they name and all providers."))
                .by(call -> JsonForm.answer(200, parts.routes().get()));
    }

    private static Route simulation(ApiRoutes.Parts parts, StoredBytes bodies) {
        return RouteDraft.viewer(
                        "POST",
                        "/api/routes/simulate",
                        "simulateRoutes",
                        "Tells what rules make of recorded exchanges: of one, condition by condition, and which of the latest"
                                + " they would have taken.")
                .takes(SimulationRequestForm.class)
                .replies(
                        Reply.json(200, SimulationForm.class, "What was asked; nothing is sent or changed."),
                        Reply.problem(400, "The rules, or what is asked, is not right."),
                        ApiRoutes.UNKNOWN)
                .by(new RouteSimulation(parts.simulation(), bodies));
    }
}
