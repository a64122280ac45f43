package dev.ccproxy.query;

import dev.ccproxy.query.QueryProblem.Reason;
import dev.ccproxy.query.Reading.Read;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids of exchanges, or how they begin. */
record IdValues() implements Values {

    private static final int DIGITS = 32;
    private static final Pattern DIGIT = Pattern.compile("[0-9a-f]{1," + DIGITS + "}");

    @Override
    public Reading<Condition> read(KeyedTerm term, Moment moment) {
        if (term.operator().compares()) {
            return Reading.refuse(
                    term.sign(), Reason.BAD_OPERATOR, "Ids have no order here.", "Write `id:` and how the id begins.");
        }
        return Reading.each(term.values(), IdValues::beginning).map(Condition.IdBegins::new);
    }

    private static Reading<String> beginning(Word word) {
        String digits = word.text().replace("-", "").toLowerCase(Locale.ROOT);
        return DIGIT.matcher(digits).matches()
                ? new Read<>(digits)
                : Reading.refuse(
                        word,
                        Reason.BAD_VALUE,
                        "No id begins with `" + word.shown() + "`.",
                        "Ids have the digits 0 to 9 and a to f, such as 019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d.");
    }

    @Override
    public String form() {
        return "an id, or how it begins";
    }
}
