package dev.ccproxy.config;

import dev.ccproxy.spelling.NearestWord;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    private final List<PriceSettings> prices = new ArrayList<>();
    private @Nullable String problem;
    private int number;

    PriceReading(String text) {
        if (text.isEmpty()) {
            return;
        }
        Optional<YamlTree> tree = YamlTree.parse(text);
        if (tree.isPresent() && tree.get() instanceof YamlTree.Elements(List<YamlTree> entries)) {
            entries.forEach(this::price);
            checkTogether();
        } else {
            wrong("must be a list of prices, such as [{model: claude-opus-5-5, input: 4, output: 20}]");
        }
    }

    Optional<List<PriceSettings>> prices() {
        return problem == null ? Optional.of(prices) : Optional.empty();
    }

    /** One sentence; empty where nothing is wrong. */
    String problem() {
        return problem == null ? "" : problem;
    }

    private void wrong(String what) {
        if (problem == null) {
            problem = number == 0 ? what : "price " + number + ": " + what;
        }
    }

    private void price(YamlTree tree) {
        number++;
        if (!(tree instanceof YamlTree.Members(Map<String, YamlTree> members))) {
            wrong("must be a mapping with model, input and output");
            return;
        }
        members.keySet().stream()
                .filter(name -> !MEMBERS.contains(name))
                .findFirst()
                .ifPresent(unknown -> wrong("unknown key " + unknown
                        + NearestWord.to(unknown, MEMBERS)
                                .map(meant -> "; did you mean " + meant + "?")
                                .orElse("; there are " + String.join(", ", MEMBERS))));
        Optional<String> model = text(members, "model");
        Optional<BigDecimal> input = rate(members, "input");
        Optional<BigDecimal> output = rate(members, "output");
        if (model.isEmpty() || input.isEmpty() || output.isEmpty()) {
            wrong("needs model, input and output; rates are USD per million tokens");
            return;
        }
        prices.add(new PriceSettings(
                model.get(),
                date(members),
                above(members),
                fast(members),
                text(members, "provider").orElse("anthropic"),
                input.get(),
                output.get(),
                rate(members, "cache_read"),
                rate(members, "cache_write_5m"),
                rate(members, "cache_write_1h"),
                text(members, "source").orElse("configuration")));
    }

    /** Nothing twice, and no condition without the price that holds otherwise. */
    private void checkTogether() {
        number = 0;
        Set<List<Object>> seen = new HashSet<>();
        Set<List<Object>> plain = new HashSet<>();
        prices.stream().filter(PriceSettings::plain).forEach(price -> plain.add(List.of(price.model(), price.from())));
        for (PriceSettings price : prices) {
            number++;
            if (!seen.add(List.of(price.model(), price.from(), price.above(), price.fast()))) {
                wrong("the same model, from, above and speed are there twice");
            }
            if (!plain.contains(List.of(price.model(), price.from()))) {
                wrong("needs a price of " + price.model()
                        + " with the same from and neither above nor speed beside it");
            }
        }
    }

    private Optional<String> text(Map<String, YamlTree> members, String name) {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case YamlTree.Text(String text) -> text.isEmpty() ? Optional.empty() : Optional.of(text);
            case YamlTree.Elements _, YamlTree.Members _ -> {
                wrong(name + " must be a text");
                yield Optional.empty();
            }
        };
    }

    private Optional<BigDecimal> rate(Map<String, YamlTree> members, String name) {
        Optional<String> text = text(members, name);
        try {
            Optional<BigDecimal> rate = text.map(BigDecimal::new);
            if (rate.isPresent() && !isRate(rate.get())) {
                wrong(name
                        + " must be from 0 to 1000000 USD per million tokens, with at most 9 digits behind the point");
            }
            return rate;
        } catch (NumberFormatException noNumber) {
            wrong(name + " must be a number such as 0.25 (USD per million tokens), not " + text.orElse(""));
            return Optional.of(BigDecimal.ZERO);
        }
    }

    private static boolean isRate(BigDecimal rate) {
        return rate.signum() >= 0 && rate.compareTo(HIGHEST) <= 0 && rate.scale() <= MOST_DIGITS;
    }

    private Optional<LocalDate> date(Map<String, YamlTree> members) {
        Optional<String> text = text(members, "from");
        try {
            return text.map(LocalDate::parse);
        } catch (DateTimeException noDate) {
            wrong("from must be a day such as 2026-12-01, not " + text.orElse(""));
            return Optional.empty();
        }
    }

    private Optional<Long> above(Map<String, YamlTree> members) {
        return text(members, "above").flatMap(text -> {
            Optional<Long> tokens = Numbers.whole(text, 1, Integer.MAX_VALUE).map(Integer::longValue);
            if (tokens.isEmpty()) {
                wrong("above must be a number of prompt tokens such as 200000, not " + text);
            }
            return tokens;
        });
    }

    private boolean fast(Map<String, YamlTree> members) {
        Optional<String> speed = text(members, "speed");
        speed.filter(text -> !text.equals("fast"))
                .ifPresent(text -> wrong("speed must be fast, or be left out, not " + text));
        return speed.isPresent();
    }
}
