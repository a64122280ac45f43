package dev.ccproxy.query;

import dev.ccproxy.query.QueryProblem.Reason;

/**
 * Values of a key of which nothing is recorded yet. It has a name already, so that nobody takes it for free text.
 *
 * @param missing what is not recorded, such as {@code the project of an exchange}
 */
record LaterValues(String key, String missing) implements Values {

    @Override
    public Reading<Condition> read(KeyedTerm term, Moment moment) {
        return refuse(term.key(), "`" + key + "`", missing);
    }

    static <T> Reading<T> refuse(Word word, String shown, String missing) {
        return Reading.refuse(
                word,
                Reason.NOT_RECORDED,
                shown + " cannot be asked for: this version does not record " + missing + ".",
                "Leave the term out.");
    }

    @Override
    public String form() {
        return "not in this version, which does not record " + missing;
    }
}
