package dev.ccproxy.query;

import dev.ccproxy.query.QueryProblem.Reason;

/** Terms for which several values make no sense. */
final class OneValue {

    private OneValue() {}

    static <T> Reading<T> refuse(KeyedTerm term) {
        return Reading.refuse(
                term.values().get(1),
                Reason.ONE_VALUE,
                "`" + term.key().shown() + term.operator().sign() + "` takes one value.",
                "Leave the others out.");
    }
}
