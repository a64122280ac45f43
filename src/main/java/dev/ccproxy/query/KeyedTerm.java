package dev.ccproxy.query;

import java.util.List;

/**
 * A key with what is asked of it, not yet understood.
 *
 * @param key as it was written
 * @param values at least one
 */
record KeyedTerm(Word key, Operator operator, Word sign, List<Word> values) {}
