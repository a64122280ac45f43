package dev.ccproxy.search;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.query.Condition;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.Term;
import java.util.ArrayList;
import java.util.List;

/** The free text of a query: what must be there, and what must not. Immutable. */
public record Needles(List<Needle> wanted, List<Needle> unwanted) {

    public Needles {
        wanted = List.copyOf(wanted);
        unwanted = List.copyOf(unwanted);
    }

    public static Needles of(Query query) {
        List<Needle> wanted = new ArrayList<>();
        List<Needle> unwanted = new ArrayList<>();
        for (Term term : query.terms()) {
            if (term.condition() instanceof Condition.Text(String text)) {
                (term.excluded() ? unwanted : wanted).add(Needle.of(text));
            }
        }
        return new Needles(wanted, unwanted);
    }

    /** Whether this text has all that is wanted and nothing that is not, wherever in it. */
    public boolean fit(Bytes text) {
        return wanted.stream().allMatch(needle -> needle.isIn(text))
                && unwanted.stream().noneMatch(needle -> needle.isIn(text));
    }

    /** Whether these parts together have all that is wanted and nothing that is not. */
    public boolean fit(List<AnswerText.Part> parts) {
        return wanted.stream().allMatch(needle -> isIn(parts, needle))
                && unwanted.stream().noneMatch(needle -> isIn(parts, needle));
    }

    private static boolean isIn(List<AnswerText.Part> parts, Needle needle) {
        return parts.stream().anyMatch(part -> needle.isIn(part.bytes()));
    }
}
