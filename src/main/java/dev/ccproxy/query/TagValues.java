package dev.ccproxy.query;

import dev.ccproxy.query.QueryProblem.Reason;

/** Tags, whole. */
record TagValues() implements Values {

    @Override
    public Reading<Condition> read(KeyedTerm term, Moment moment) {
        if (term.operator().compares()) {
            return Reading.refuse(
                    term.sign(), Reason.BAD_OPERATOR, "Tags have no order.", "Write `tag:` and the whole tag.");
        }
        return new Reading.Read<>(
                new Condition.Tagged(term.values().stream().map(Word::text).toList()));
    }

    @Override
    public String form() {
        return "a whole tag";
    }
}
