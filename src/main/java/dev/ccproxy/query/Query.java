package dev.ccproxy.query;

import java.util.List;

/** Which exchanges somebody means: those that fit all of the terms. Immutable. */
public record Query(List<Term> terms) {

    /** Fits every exchange. */
    public static final Query EVERYTHING = new Query(List.of());

    public Query {
        terms = List.copyOf(terms);
    }

    /** Understands a text, or says what is wrong with it; throws nothing, whatever the text. */
    public static Parsed parse(String text, Moment moment) {
        return new QueryParser(text, moment).parse();
    }

    /** Whether it has free text that is not excluded: something to look for in bodies. */
    public boolean wantsText() {
        return terms.stream().anyMatch(term -> !term.excluded() && term.condition() instanceof Condition.Text);
    }
}
