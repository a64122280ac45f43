package dev.ccproxy.pricing;

import dev.ccproxy.anthropic.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prices exchanges by one list of prices. Immutable; safe for all threads. */
public final class CostCalculator {

    private final PriceList list;

    public CostCalculator(PriceList list) {
        this.list = list;
    }

    /**
     * What an answer cost.
     *
     * @param model the model that answered; null when it never said so
     * @param time when the exchange began
     * @param usage null where the answer reported none
     * @param complete whether the answer reached its end: of one that was cut off more may have been billed
     */
    public Cost cost(@Nullable String model, Instant time, @Nullable TokenUsage usage, boolean complete) {
        if (usage == null) {
            return Cost.unpriced("the answer reported no usage");
        }
        if (model == null) {
            return Cost.unpriced("the answer named no model");
        }
        Optional<PriceList.Found> found = list.find(model, time);
        if (found.isEmpty()) {
            return Cost.unpriced("no price of " + model + " is known");
        }
        Price price = found.get().price();
        CostSheet sheet = new CostSheet(price, factor(price, usage));
        sheet.guess(found.get().guess());
        sheet.guess(complete ? null : "the answer was cut off: what it had reported until then is counted");
        addTokens(sheet, price, usage);
        addSearches(sheet, price, usage.webSearches());
        return sheet.cost();
    }

    /**
     * What the cache saved and what was lost; nothing where no price is known.
     *
     * @param lostTokens how many tokens could have been read and were not
     */
    public CacheWorth cacheWorth(@Nullable String model, Instant time, @Nullable TokenUsage usage, long lostTokens) {
        if (model == null || usage == null) {
            return CacheWorth.NOTHING;
        }
        return list.find(model, time)
                .map(found -> cacheWorth(found.price(), usage, lostTokens))
                .orElse(CacheWorth.NOTHING);
    }

    private CacheWorth cacheWorth(Price price, TokenUsage usage, long lostTokens) {
        Rates listed = listed(price, usage);
        BigDecimal read = rate(price, listed, TokenCategory.CACHE_READ);
        BigDecimal saved = listed.input().subtract(read).multiply(BigDecimal.valueOf(usage.cacheRead()));
        // What was not read was written again, as far as so much was written; the rest was plain input.
        BigDecimal paid = BigDecimal.ZERO;
        long rest = lostTokens;
        for (TokenCategory category :
                List.of(TokenCategory.CACHE_WRITE_1H, TokenCategory.CACHE_WRITE_5M, TokenCategory.INPUT)) {
            long count = Math.min(rest, category.count(usage));
            paid = paid.add(rate(price, listed, category).multiply(BigDecimal.valueOf(count)));
            rest -= count;
        }
        BigDecimal lost = paid.subtract(read.multiply(BigDecimal.valueOf(lostTokens - rest)));
        BigDecimal factor = factor(price, usage).value();
        return new CacheWorth(nano(saved.multiply(factor)), nano(lost.multiply(factor)));
    }

    /** From millionths of a dollar. */
    private static long nano(BigDecimal micro) {
        return micro.movePointRight(3)
                .setScale(0, RoundingMode.HALF_UP)
                .max(BigDecimal.ZERO)
                .longValueExact();
    }

    private static BigDecimal rate(Price price, Rates listed, TokenCategory category) {
        BigDecimal rate = listed.of(category);
        return rate == null ? nearest(price.rates(), listed, category) : rate;
    }

    private static Rates listed(Price price, TokenUsage usage) {
        Price.Band band = price.band(usage.prompt());
        Rates fast = "fast".equals(usage.terms().speed()) ? price.fast() : null;
        return fast != null ? fast : band != null ? band.rates() : price.rates();
    }

    private static void addTokens(CostSheet sheet, Price price, TokenUsage usage) {
        Price.Band band = price.band(usage.prompt());
        Rates fast = "fast".equals(usage.terms().speed()) ? price.fast() : null;
        Rates listed = listed(price, usage);
        String note = fast != null
                ? "fast mode"
                : band != null ? "prompts above " + band.abovePromptTokens() + " tokens" : "";
        if ("fast".equals(usage.terms().speed()) && fast == null) {
            sheet.guess("no rate of the fast mode is known: the plain one is used");
        }
        for (TokenCategory category : TokenCategory.values()) {
            long count = category.count(usage);
            BigDecimal rate = listed.of(category);
            if (count > 0 && rate == null) {
                rate = nearest(price.rates(), listed, category);
                sheet.guess("no rate of " + category.words() + " is listed: it is derived from that of input");
            }
            if (count > 0 && rate != null) {
                sheet.tokens(category, count, rate, note);
            }
        }
    }

    /** The plain rate, scaled as input is; without one, the rate of input. */
    private static BigDecimal nearest(Rates plain, Rates listed, TokenCategory category) {
        BigDecimal rate = plain.of(category);
        return rate == null
                ? listed.input()
                : rate.multiply(listed.input())
                        .divide(plain.input(), 9, RoundingMode.HALF_UP)
                        .stripTrailingZeros();
    }

    private void addSearches(CostSheet sheet, Price price, long searches) {
        BigDecimal rate =
                list.terms(price.provider()).map(Terms::webSearchPerThousand).orElse(null);
        if (searches > 0 && rate == null) {
            sheet.guess("no price of web searches is known: " + searches + " are left out");
        } else if (searches > 0 && rate != null) {
            sheet.searches(searches, rate);
        }
    }

    private Factor factor(Price price, TokenUsage usage) {
        Optional<Terms> terms = list.terms(price.provider());
        Factor tier = factor("service tier", usage.terms().serviceTier(), terms.map(Terms::serviceTiers));
        return tier.and(factor("inference geography", usage.terms().inferenceGeo(), terms.map(Terms::geographies)));
    }

    private static Factor factor(String what, @Nullable String word, Optional<Map<String, BigDecimal>> factors) {
        if (word == null) {
            return new Factor(BigDecimal.ONE, null);
        }
        BigDecimal known = factors.map(all -> all.get(word)).orElse(null);
        return known == null
                ? new Factor(BigDecimal.ONE, "no price of " + what + " " + word + " is known: the plain one is used")
                : new Factor(known, null);
    }

    /**
     * What token rates are multiplied with.
     *
     * @param guess why it may be wrong
     */
    record Factor(BigDecimal value, @Nullable String guess) {
        Factor and(Factor other) {
            return new Factor(value.multiply(other.value), guess == null ? other.guess : guess);
        }
    }
}
