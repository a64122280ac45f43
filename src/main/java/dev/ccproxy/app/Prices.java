package dev.ccproxy.app;

import dev.ccproxy.json.Json;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.pricing.PriceList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The price list, read when somebody first asks what something cost: not while the program starts. Safe for all threads. */
final class Prices implements Supplier<CostCalculator> {

    private @Nullable CostCalculator costs;

    private Prices() {}

    static Prices builtIn() {
        return new Prices();
    }

    @Override
    public synchronized CostCalculator get() {
        CostCalculator known = costs == null ? new CostCalculator(PriceList.builtIn(new Json())) : costs;
        costs = known;
        return known;
    }
}
