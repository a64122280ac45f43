package dev.ccproxy.api;

import dev.ccproxy.api.form.SimulationForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.config.ProposedRules;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.json.Json;
import dev.ccproxy.routing.Router;
import dev.ccproxy.simulation.Explanation;
import dev.ccproxy.simulation.Simulation;
import dev.ccproxy.simulation.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells what the configured rules, or rules that somebody thinks of, make of recorded exchanges. */
final class RouteSimulation implements Endpoint.Handler {

    private static final int MOST_BYTES = 256 << 10;
    private static final List<String> MEMBERS = List.of("exchange", "routes", "mappings", "last");

    private final Simulation simulation;
    private final StoredBytes bodies;
    private final Json json = new Json();

    RouteSimulation(Simulation simulation, StoredBytes bodies) {
        this.simulation = simulation;
        this.bodies = bodies;
    }

    /** What was asked, or what is wrong with it. */
    private sealed interface Asked {
        record Rightly(Router rules, @Nullable ExchangeId exchange, int last) implements Asked {}

        record Wrongly(String complaint) implements Asked {}
    }

    @Override
    public Answer answer(Call call) throws IOException, InterruptedException {
        return switch (asked(call.body())) {
            case Asked.Wrongly(String complaint) ->
                Problem.badSimulation(complaint).answer();
            case Asked.Rightly asked -> bodies.inTurn(() -> simulated(asked));
        };
    }

    private Answer simulated(Asked.Rightly asked) {
        Explanation explanation = null;
        if (asked.exchange() != null) {
            Optional<Explanation> explained = simulation.explain(asked.rules(), asked.exchange());
            if (explained.isEmpty()) {
                return Problem.unknownExchange(asked.exchange()).answer();
            }
            explanation = explained.get();
        }
        Trial trial = asked.last() == 0 ? null : simulation.tryOnLatest(asked.rules(), asked.last());
        SimulationForm form = Simulations.form(asked.rules(), explanation, trial);
        return JsonForm.answer(200, form);
    }

    private Asked asked(Bytes body) {
        if (body.length() > MOST_BYTES) {
            return new Asked.Wrongly("The body is larger than " + MOST_BYTES + " bytes.");
        }
        Optional<JsonNode> tree = json.tree(body.length() == 0 ? Bytes.utf8("{}") : body);
        if (tree.filter(JsonNode::isObject).isEmpty()) {
            return new Asked.Wrongly("The body is no JSON object.");
        }
        JsonNode members = tree.get();
        for (String name : members.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                return new Asked.Wrongly("There is no member `" + (name.length() > 60 ? name.substring(0, 60) : name)
                        + "`; there are " + String.join(", ", MEMBERS) + ".");
            }
        }
        String id = members.path("exchange").asString("");
        Optional<ExchangeId> exchange = ExchangeId.parse(id);
        if (members.has("exchange") && exchange.isEmpty()) {
            return new Asked.Wrongly("`exchange` must be the id of an exchange.");
        }
        int otherwise = exchange.isPresent() ? 0 : Simulation.MOST_EXCHANGES;
        int last = members.hasNonNull("last") ? members.path("last").asInt(-1) : otherwise;
        if (last < 0 || last > Simulation.MOST_EXCHANGES) {
            return new Asked.Wrongly("`last` must be a number from 0 to " + Simulation.MOST_EXCHANGES + ".");
        }
        return asked(members, exchange.orElse(null), last);
    }

    private Asked asked(JsonNode members, @Nullable ExchangeId exchange, int last) {
        if (!members.hasNonNull("routes") && !members.hasNonNull("mappings")) {
            return new Asked.Rightly(simulation.configured(), exchange, last);
        }
        return switch (simulation.propose(rules(members.path("routes")), rules(members.path("mappings")))) {
            case ProposedRules.Sound(var settings) -> new Asked.Rightly(Router.of(settings), exchange, last);
            case ProposedRules.Wrong(String problem) ->
                new Asked.Wrongly(problem.endsWith("?") ? problem : problem + ".");
        };
    }

    /** JSON is YAML, and so is what a text holds. */
    private String rules(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return "";
        }
        return given.isString() ? given.stringValue() : json.text(given);
    }
}
