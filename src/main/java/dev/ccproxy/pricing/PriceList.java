package dev.ccproxy.pricing;

import dev.ccproxy.config.PriceSettings;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All known prices. The longest model prefix wins, then the newest line that held at the time. Immutable; safe for all
 * threads.
 */
public record PriceList(List<Terms> terms, List<Price> prices) {

    private static final String BUILT_IN = "prices.json";

    /** A release of a model, as its id ends: {@code -20251001}, {@code -2025-04-14}, {@code @20251001}. */
    private static final Pattern RELEASE = Pattern.compile("[-@]\\d{8}|-\\d{4}-\\d{2}-\\d{2}");

    public PriceList {
        terms = List.copyOf(terms);
        prices = List.copyOf(prices);
    }

    /** The list that comes with the program. */
    public static PriceList builtIn(Json json) {
        try (InputStream file = Objects.requireNonNull(PriceList.class.getResourceAsStream(BUILT_IN))) {
            return json.read(Bytes.wrap(file.readAllBytes()), PriceList.class).orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * The list with others beside these prices, or in their place: one without a first day replaces all of its model, one with
     * it those from that day on.
     */
    public PriceList with(List<PriceSettings> own) {
        List<Price> all = new ArrayList<>(prices);
        List<PriceSettings> plain = own.stream().filter(PriceSettings::plain).toList();
        plain.forEach(mine -> all.removeIf(price -> isReplaced(price, mine)));
        plain.forEach(mine -> all.add(price(mine, own)));
        return new PriceList(terms, all);
    }

    private static boolean isReplaced(Price price, PriceSettings own) {
        return price.model().equals(own.model())
                && own.from().map(day -> !price.firstDay().isBefore(day)).orElse(true);
    }

    private static Price price(PriceSettings plain, List<PriceSettings> own) {
        List<PriceSettings> others = own.stream()
                .filter(other -> other.model().equals(plain.model()))
                .filter(other -> other.from().equals(plain.from()) && !other.plain())
                .toList();
        return new Price(
                plain.model(),
                plain.from().orElse(null),
                plain.provider(),
                rates(plain),
                others.stream()
                        .flatMap(other -> other.above().map(above -> new Price.Band(above, rates(other))).stream())
                        .toList(),
                others.stream()
                        .filter(PriceSettings::fast)
                        .findFirst()
                        .map(PriceList::rates)
                        .orElse(null),
                plain.source(),
                null);
    }

    private static Rates rates(PriceSettings own) {
        return new Rates(
                own.input(),
                own.output(),
                own.cacheRead().orElse(null),
                own.cacheWrite5m().orElse(null),
                own.cacheWrite1h().orElse(null));
    }

    /**
     * The price of a model.
     *
     * @param guess why it may not be the model's own; null where it is
     */
    record Found(Price price, @Nullable String guess) {}

    Optional<Found> find(String model, Instant time) {
        return prices.stream()
                .filter(price -> covers(price.model(), model))
                .max(Comparator.comparingInt((Price price) -> price.model().length())
                        .thenComparing((one, other) -> fits(one, other, time)))
                .map(price -> new Found(price, guess(price, model, time)));
    }

    /** {@code gpt-5} is no beginning of {@code gpt-50}. */
    private static boolean covers(String prefix, String model) {
        return model.startsWith(prefix)
                && (model.length() == prefix.length() || !Character.isLetterOrDigit(model.charAt(prefix.length())));
    }

    /** Of prices that hold the newest fits best; of prices to come the first. */
    private static int fits(Price one, Price other, Instant time) {
        if (one.holdsAt(time) != other.holdsAt(time)) {
            return one.holdsAt(time) ? 1 : -1;
        }
        int newer = one.firstDay().compareTo(other.firstDay());
        return one.holdsAt(time) ? newer : -newer;
    }

    private static @Nullable String guess(Price price, String model, Instant time) {
        String rest = model.substring(price.model().length());
        if (!rest.isEmpty() && !RELEASE.matcher(rest).matches()) {
            return "no price of " + model + " is known: the one of " + price.model() + " is used";
        }
        return price.holdsAt(time) ? null : "the price is known from " + price.from() + " only";
    }

    Optional<Terms> terms(String provider) {
        return terms.stream()
                .filter(candidate -> candidate.provider().equals(provider))
                .findFirst();
    }
}
