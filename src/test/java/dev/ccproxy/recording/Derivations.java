package dev.ccproxy.recording;

import dev.ccproxy.anthropic.MessageChain;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.json.Json;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.pricing.PriceList;
import dev.ccproxy.session.Histories;
import dev.ccproxy.session.SessionMemory;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What recorders for tests work out: with the prices of the program, and without a store to recall from. */
public final class Derivations {

    private static final CostCalculator COSTS = new CostCalculator(PriceList.builtIn(new Json()));

    private Derivations() {}

    static Supplier<CostCalculator> costs() {
        return () -> COSTS;
    }

    public static Derivation withoutStore() {
        return new Derivation(
                new Recall() {
                    @Override
                    public Optional<ExchangeSummary> lastAnswered(String session, @Nullable String agent) {
                        return Optional.empty();
                    }

                    @Override
                    public SessionMemory remembered(String session) {
                        return SessionMemory.NONE;
                    }

                    @Override
                    public Optional<Histories.Origin> sentBefore(long scope, MessageChain messages) {
                        return Optional.empty();
                    }
                },
                () -> COSTS,
                _ -> Optional.empty(),
                1 << 20);
    }
}
