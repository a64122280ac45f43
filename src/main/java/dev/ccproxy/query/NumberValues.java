package dev.ccproxy.query;

import dev.ccproxy.query.QueryProblem.Reason;
import dev.ccproxy.query.Reading.Read;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers that a field is, or is compared with. */
record NumberValues(NumberField field, NumberForm numbers) implements Values {

    @Override
    public Reading<Condition> read(KeyedTerm term, Moment moment) {
        if (term.operator().compares() && term.values().size() > 1) {
            return OneValue.refuse(term);
        }
        Reading<List<Range>> ranges = term.operator().compares() ? compared(term) : any(term.values());
        return ranges.map(any -> new Condition.Within(field, any));
    }

    private Reading<List<Range>> compared(KeyedTerm term) {
        return number(term.values().getFirst())
                .map(number -> List.of(
                        switch (term.operator()) {
                            case GREATER -> new Range(number + 1, null);
                            case AT_LEAST -> new Range(number, null);
                            case LESS -> new Range(null, number - 1);
                            case AT_MOST -> new Range(null, number);
                            case HAS, EQUAL -> Range.of(number);
                        }));
    }

    private Reading<List<Range>> any(List<Word> values) {
        return Reading.each(values, this::range);
    }

    private Reading<Range> range(Word word) {
        Range classOfStatus = field == NumberField.STATUS ? classOfStatus(word.text()) : null;
        if (classOfStatus != null) {
            return new Read<>(classOfStatus);
        }
        int dots = word.text().indexOf("..");
        return dots < 0 ? number(word).map(Range::of) : between(word, dots);
    }

    private Reading<Range> between(Word word, int dots) {
        Word low = new Word(word.text().substring(0, dots), word.position(), word.length());
        Word high = new Word(word.text().substring(dots + 2), word.position(), word.length());
        return number(low)
                .then(from -> number(high)
                        .then(to -> from <= to
                                ? new Read<>(new Range(from, to))
                                : Reading.refuse(
                                        word,
                                        Reason.BAD_VALUE,
                                        "Nothing lies between `" + low.shown() + "` and `" + high.shown() + "`.",
                                        "Write the smaller one first.")));
    }

    /** {@code 4xx}: 400 to 499. */
    private static @Nullable Range classOfStatus(String text) {
        if (text.length() != 3 || !text.substring(1).equalsIgnoreCase("xx") || !isDigit(text.charAt(0))) {
            return null;
        }
        long first = (text.charAt(0) - '0') * 100L;
        return new Range(first, first + 99);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private Reading<Long> number(Word word) {
        return numbers.read(word.text())
                .<Reading<Long>>map(Read::new)
                .orElseGet(() -> Reading.refuse(
                        word,
                        Reason.BAD_VALUE,
                        "`" + word.shown() + "` is not " + form() + ".",
                        "Write `" + field.word() + "` with " + form() + "."));
    }

    @Override
    public String form() {
        return field == NumberField.STATUS ? "a status such as 429, 4xx or 500..599" : numbers.form();
    }
}
