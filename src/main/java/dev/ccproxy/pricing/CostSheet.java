package dev.ccproxy.pricing;

import dev.ccproxy.exchange.Certainty;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the lines of one cost. */
final class CostSheet {

    private static final long MILLION = 1_000_000;
    private static final long THOUSAND = 1_000;

    private final Price price;
    private final BigDecimal factor;
    private final List<CostLine> lines = new ArrayList<>();
    private final Set<String> guesses = new LinkedHashSet<>();

    CostSheet(Price price, CostCalculator.Factor factor) {
        this.price = price;
        this.factor = factor.value();
        guess(factor.guess());
    }

    void guess(@Nullable String why) {
        if (why != null) {
            guesses.add(why);
        }
    }

    void tokens(TokenCategory category, long count, BigDecimal rate, String note) {
        BigDecimal usd =
                rate.multiply(BigDecimal.valueOf(count)).multiply(factor).movePointLeft(6);
        lines.add(new CostLine(category.words(), count, MILLION, rate, factor, usd, note));
    }

    void searches(long count, BigDecimal rate) {
        BigDecimal usd = rate.multiply(BigDecimal.valueOf(count)).movePointLeft(3);
        lines.add(new CostLine("web searches", count, THOUSAND, rate, BigDecimal.ONE, usd, ""));
    }

    Cost cost() {
        BigDecimal usd = lines.stream().map(CostLine::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
        Certainty certainty = guesses.isEmpty() ? Certainty.EXACT : Certainty.ESTIMATED;
        return new Cost(usd, certainty, lines, List.copyOf(guesses), price);
    }
}
