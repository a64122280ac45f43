package dev.ccproxy.query;

/** How the values behind a key are read. */
interface Values {

    /** What the term asks. */
    Reading<Condition> read(KeyedTerm term, Moment moment);

    /** How they look, for people: {@code a number such as 100k}. */
    String form();
}
