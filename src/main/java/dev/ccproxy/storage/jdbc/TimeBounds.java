package dev.ccproxy.storage.jdbc;

import dev.ccproxy.query.Condition;
import dev.ccproxy.query.NumberField;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.Range;
import dev.ccproxy.query.Term;
import java.util.List;

/** Between which times, both included, everything that a query means began: a part of an index. */
record TimeBounds(long fromMillis, long toMillis) {

    static TimeBounds of(Query query) {
        long from = Long.MIN_VALUE;
        long to = Long.MAX_VALUE;
        for (Term term : query.terms()) {
            if (!term.excluded()
                    && term.condition() instanceof Condition.Within(NumberField field, List<Range> ranges)
                    && field == NumberField.AT
                    && ranges.size() == 1) {
                Range range = ranges.getFirst();
                from = range.from() == null ? from : Math.max(from, range.from());
                to = range.to() == null ? to : Math.min(to, range.to());
            }
        }
        return new TimeBounds(from, to);
    }
}
