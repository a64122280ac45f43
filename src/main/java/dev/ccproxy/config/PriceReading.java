package dev.ccproxy.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code pricing}, and tells the first thing that is wrong with it. For one thread. */
final class PriceReading {

    private static final List<String> MEMBERS = List.of(
            "model",
            "from",
            "above",
            "speed",
            "provider",
            "input",
            "output",
            "cache_read",
            "cache_write_5m",
            "cache_write_1h",
            "source");

    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);
    private static final int MOST_DIGITS = 9;

    private final EntryReading entries = new EntryReading("price");
    private final List<PriceSettings> prices = new ArrayList<>();

    PriceReading(String text) {
        if (text.isEmpty()) {
            return;
        }
        Optional<YamlTree> tree = YamlTree.parse(text);
        if (tree.isPresent() && tree.get() instanceof YamlTree.Elements(List<YamlTree> list)) {
            entries.each(list, this::price);
            checkTogether();
        } else {
            entries.wrong("must be a list of prices, such as [{model: claude-opus-5-5, input: 4, output: 20}]");
        }
    }

    Optional<List<PriceSettings>> prices() {
        return entries.unlessWrong(prices);
    }

    /** One sentence; empty where nothing is wrong. */
    String problem() {
        return entries.problem();
    }

    private void price(YamlTree tree) {
        if (!(tree instanceof YamlTree.Members(Map<String, YamlTree> members))) {
            entries.wrong("must be a mapping with model, input and output");
            return;
        }
        entries.checkNames(members, MEMBERS);
        Optional<String> model = entries.text(members, "model");
        Optional<BigDecimal> input = rate(members, "input");
        Optional<BigDecimal> output = rate(members, "output");
        if (model.isEmpty() || input.isEmpty() || output.isEmpty()) {
            entries.wrong("needs model, input and output; rates are USD per million tokens");
            return;
        }
        prices.add(new PriceSettings(
                model.get(),
                date(members),
                above(members),
                fast(members),
                entries.text(members, "provider").orElse("anthropic"),
                input.get(),
                output.get(),
                rate(members, "cache_read"),
                rate(members, "cache_write_5m"),
                rate(members, "cache_write_1h"),
                entries.text(members, "source").orElse("configuration")));
    }

    /** Nothing twice, and no condition without the price that holds otherwise. */
    private void checkTogether() {
        Set<List<Object>> seen = new HashSet<>();
        Set<List<Object>> plain = new HashSet<>();
        prices.stream().filter(PriceSettings::plain).forEach(price -> plain.add(List.of(price.model(), price.from())));
        entries.each(prices, price -> {
            if (!seen.add(List.of(price.model(), price.from(), price.above(), price.fast()))) {
                entries.wrong("the same model, from, above and speed are there twice");
            }
            if (!plain.contains(List.of(price.model(), price.from()))) {
                entries.wrong("needs a price of " + price.model()
                        + " with the same from and neither above nor speed beside it");
            }
        });
    }

    private Optional<BigDecimal> rate(Map<String, YamlTree> members, String name) {
        Optional<String> text = entries.text(members, name);
        try {
            Optional<BigDecimal> rate = text.map(BigDecimal::new);
            if (rate.isPresent() && !isRate(rate.get())) {
                entries.wrong(name
                        + " must be from 0 to 1000000 USD per million tokens, with at most 9 digits behind the point");
            }
            return rate;
        } catch (NumberFormatException noNumber) {
            entries.wrong(name + " must be a number such as 0.25 (USD per million tokens), not " + text.orElse(""));
            return Optional.of(BigDecimal.ZERO);
        }
    }

    private static boolean isRate(BigDecimal rate) {
        return rate.signum() >= 0 && rate.compareTo(HIGHEST) <= 0 && rate.scale() <= MOST_DIGITS;
    }

    private Optional<LocalDate> date(Map<String, YamlTree> members) {
        Optional<String> text = entries.text(members, "from");
        try {
            return text.map(LocalDate::parse);
        } catch (DateTimeException noDate) {
            entries.wrong("from must be a day such as 2026-12-01, not " + text.orElse(""));
            return Optional.empty();
        }
    }

    private Optional<Long> above(Map<String, YamlTree> members) {
        return entries.text(members, "above").flatMap(text -> {
            Optional<Long> tokens = Numbers.whole(text, 1, Integer.MAX_VALUE).map(Integer::longValue);
            if (tokens.isEmpty()) {
                entries.wrong("above must be a number of prompt tokens such as 200000, not " + text);
            }
            return tokens;
        });
    }

    private boolean fast(Map<String, YamlTree> members) {
        Optional<String> speed = entries.text(members, "speed");
        speed.filter(text -> !text.equals("fast"))
                .ifPresent(text -> entries.wrong("speed must be fast, or be left out, not " + text));
        return speed.isPresent();
    }
}
