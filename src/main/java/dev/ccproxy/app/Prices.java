package dev.ccproxy.app;

import dev.ccproxy.config.PriceSettings;
import dev.ccproxy.json.Json;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.pricing.PriceList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The price list, read when somebody first asks what something cost: not while the program starts. Safe for all threads. */
final class Prices implements Supplier<CostCalculator> {

    private final List<PriceSettings> own;
    private @Nullable PriceList list;
    private @Nullable CostCalculator costs;

    /** The built-in prices with those of the settings. */
    Prices(List<PriceSettings> own) {
        this.own = List.copyOf(own);
    }

    synchronized PriceList list() {
        PriceList known = list == null ? PriceList.builtIn(new Json()).with(own) : list;
        list = known;
        return known;
    }

    @Override
    public synchronized CostCalculator get() {
        CostCalculator known = costs == null ? new CostCalculator(list()) : costs;
        costs = known;
        return known;
    }
}
