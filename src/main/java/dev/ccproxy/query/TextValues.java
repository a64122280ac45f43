package dev.ccproxy.query;

import dev.ccproxy.query.QueryProblem.Reason;
import java.util.List;

/** Texts that a field contains ({@code :}) or is ({@code =}). */
record TextValues(TextField field) implements Values {

    @Override
    public Reading<Condition> read(KeyedTerm term, Moment moment) {
        List<String> texts = term.values().stream().map(Word::text).toList();
        return switch (term.operator()) {
            case HAS -> new Reading.Read<>(new Condition.Contains(field, texts));
            case EQUAL -> new Reading.Read<>(new Condition.Equals(field, texts));
            case GREATER, AT_LEAST, LESS, AT_MOST ->
                Reading.refuse(
                        term.sign(),
                        Reason.BAD_OPERATOR,
                        "`" + field.word() + "` is text and has no order.",
                        "Write `" + field.word() + ":` for what contains the value, `" + field.word()
                                + "=` for what is exactly it.");
        };
    }

    @Override
    public String form() {
        return "text";
    }
}
