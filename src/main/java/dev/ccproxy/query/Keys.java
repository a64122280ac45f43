package dev.ccproxy.query;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Everything that can be asked for by name: declared here and nowhere else. */
public final class Keys {

    private record Declared(String word, Values values, String meaning) {}

    private static final List<Declared> ALL = List.of(
            text(TextField.MODEL, "The model that was asked for, or the one that answered."),
            text(TextField.TOOL, "The first tool that the answer calls."),
            new Declared("agent", new AgentValues(), "What kind of agent asked, or what the subagent is."),
            text(TextField.SESSION, "Id of the session."),
            text(TextField.PROJECT, "Working directory of the session."),
            number(NumberField.STATUS, NumberForm.WHOLE, "HTTP status that the client got."),
            text(TextField.STOP, "Stop reason of the message."),
            words("kind", Kind.values(), Kind::word, Condition.OfKind::new, "What it was for."),
            words("outcome", Outcome.values(), Outcome::word, Condition.OfOutcome::new, "How it ended, or running."),
            text(TextField.PROVIDER, "The provider that a rule sent it to."),
            text(TextField.RULE, "The rule that sent it to another provider or model."),
            text(TextField.PATH, "Path of the request, without query."),
            number(NumberField.COST, NumberForm.DOLLARS, "What it cost, as far as a price is known."),
            number(NumberField.CTX, NumberForm.COUNT, "All input tokens."),
            number(NumberField.INPUT, NumberForm.COUNT, "Input tokens neither read from nor written to the cache."),
            number(NumberField.READ, NumberForm.COUNT, "Input tokens read from the cache."),
            number(NumberField.WRITE, NumberForm.COUNT, "Input tokens written to the cache."),
            number(NumberField.OUT, NumberForm.COUNT, "Output tokens."),
            number(NumberField.TTFB, NumberForm.DURATION, "Time to the head of the answer."),
            number(NumberField.TTFT, NumberForm.DURATION, "Time to the first content of the message."),
            number(NumberField.DUR, NumberForm.DURATION, "Time to the end."),
            words(
                    "cache",
                    CacheUse.values(),
                    CacheUse::word,
                    Condition.OfCacheUse::new,
                    "`hit`: input was read from the cache. `miss`: none was. `break`: less than an earlier request left there."),
            words(
                    "is",
                    State.values(),
                    State::word,
                    Condition.Is::new,
                    "`live`: still running. `error`: failed, not left or cancelled by its user. `slow`: 10 s or more to the"
                            + " first content, or 2 minutes or more in all. `expensive`: 50 cents or more. `starred`: marked by somebody."),
            new Declared("id", new IdValues(), "Id of the exchange."),
            new Declared("tag", new TagValues(), "A tag that somebody gave it."),
            new Declared("after", new TimeValue(true), "Began then or later."),
            new Declared("before", new TimeValue(false), "Began earlier."));

    private Keys() {}

    /** Every key, in the order in which people see them. */
    public static List<Key> all() {
        return ALL.stream()
                .map(key -> new Key(key.word, key.values.form(), key.meaning))
                .toList();
    }

    static List<String> words() {
        return ALL.stream().map(Declared::word).toList();
    }

    /** How values of that key are read; case does not matter. */
    static Optional<Values> valuesOf(String key) {
        String word = key.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(declared -> declared.word.equals(word))
                .findFirst()
                .map(Declared::values);
    }

    private static Declared text(TextField field, String meaning) {
        return new Declared(field.word(), new TextValues(field), meaning);
    }

    private static Declared number(NumberField field, NumberForm form, String meaning) {
        return new Declared(field.word(), new NumberValues(field, form), meaning);
    }

    private static <T> Declared words(
            String key, T[] values, Function<T, String> word, Function<List<T>, Condition> condition, String meaning) {
        Map<String, T> known = new LinkedHashMap<>();
        for (T value : values) {
            known.put(word.apply(value), value);
        }
        return new Declared(key, new WordValues<>(key, known, condition), meaning);
    }
}
