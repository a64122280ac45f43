package dev.ccproxy.api.route;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Call;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a route takes in its path or query.
 *
 * @param description one sentence for people
 */
public record Parameter(String name, Place place, Value value, String description) {

    /** Where it stands. */
    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    /** What it may be. */
    public sealed interface Value {

        /** A whole number; {@code otherwise} where the parameter is absent. */
        record Whole(long min, long max, long otherwise) implements Value {

            /** The value of a query parameter that was checked. */
            public long of(Call call, String name) {
                return call.queryValue(name).map(Long::parseLong).orElse(otherwise);
            }
        }

        /** Any text. */
        record Text() implements Value {}

        /** The id of an exchange. */
        record Id() implements Value {}
    }

    /** The {@code {id}} of a path. */
    public static Parameter id() {
        return new Parameter("id", Place.PATH, new Value.Id(), "Id of the exchange.");
    }

    public static Parameter query(String name, Value value, String description) {
        return new Parameter(name, Place.QUERY, value, description);
    }

    /** What is wrong with this parameter of the call and what would be right; empty when nothing is. */
    Optional<String> complaint(Call call) {
        String given = given(call);
        return given == null ? Optional.empty() : complaint(given);
    }

    private @Nullable String given(Call call) {
        return switch (place) {
            case PATH -> call.pathValue(name);
            case QUERY -> call.query().get(name);
            case HEADER -> call.headers().first(name).orElse(null);
        };
    }

    private Optional<String> complaint(String given) {
        return switch (value) {
            case Value.Whole whole ->
                isWithin(given, whole)
                        ? Optional.empty()
                        : Optional.of("`%s` must be a whole number from %d to %d, not `%s`. Without it, %d is used."
                                .formatted(name, whole.min(), whole.max(), shortened(given), whole.otherwise()));
            case Value.Text() -> Optional.empty();
            case Value.Id() ->
                ExchangeId.parse(given).isPresent()
                        ? Optional.empty()
                        : Optional.of("`%s` must be the id of an exchange, such as "
                                .formatted(name)
                                .concat("019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d, not `%s`.".formatted(shortened(given))));
        };
    }

    private static boolean isWithin(String given, Value.Whole whole) {
        try {
            long number = Long.parseLong(given);
            return number >= whole.min() && number <= whole.max();
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static String shortened(String given) {
        return given.length() <= 60 ? given : given.substring(0, 60) + "...";
    }
}
