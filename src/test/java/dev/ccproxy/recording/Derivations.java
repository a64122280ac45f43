package dev.ccproxy.recording;

import dev.ccproxy.json.Json;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.pricing.PriceList;
import java.util.Optional;

/** What recorders for tests work out: with the prices of the program, and without a store to recall from. */
public final class Derivations {

    private static final CostCalculator COSTS = new CostCalculator(PriceList.builtIn(new Json()));

    private Derivations() {}

    public static Derivation withoutStore() {
        return new Derivation((session, agent) -> Optional.empty(), () -> COSTS);
    }
}
