package dev.ccproxy.query;

import dev.ccproxy.query.QueryProblem.Reason;
import dev.ccproxy.query.Reading.Read;
import dev.ccproxy.spelling.NearestWord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Words of a fixed set.
 *
 * @param known what each word means, in the order in which they are shown
 */
record WordValues<T>(String key, Map<String, T> known, Function<List<T>, Condition> condition) implements Values {

    @Override
    public Reading<Condition> read(KeyedTerm term, Moment moment) {
        if (term.operator().compares()) {
            return Reading.refuse(
                    term.sign(),
                    Reason.BAD_OPERATOR,
                    "The words of `" + key + "` have no order.",
                    "Write `" + key + ":` and one of " + form() + ".");
        }
        return Reading.each(term.values(), this::value)
                .map(values -> condition.apply(values.stream().distinct().toList()));
    }

    private Reading<T> value(Word word) {
        String written = word.text().toLowerCase(Locale.ROOT);
        T value = known.get(written);
        if (value != null) {
            return new Read<>(value);
        }
        return Reading.refuse(
                word,
                Reason.BAD_VALUE,
                "`" + word.shown() + "` is no word of `" + key + "`.",
                NearestWord.to(written, known.keySet())
                        .map(meant -> "Did you mean `" + key + ":" + meant + "`?")
                        .orElse("Write one of " + form() + "."));
    }

    @Override
    public String form() {
        return String.join(", ", known.keySet());
    }
}
