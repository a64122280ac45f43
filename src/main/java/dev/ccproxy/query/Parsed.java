package dev.ccproxy.query;

/** What became of a text that should be a query. */
public sealed interface Parsed {

    /** It is one. */
    record Understood(Query query) implements Parsed {}

    /** It is none; nothing of it is used. */
    record Misunderstood(QueryProblem problem) implements Parsed {}
}
