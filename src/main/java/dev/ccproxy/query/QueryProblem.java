package dev.ccproxy.query;

import java.util.Locale;

/**
 * Why a text is no query.
 *
 * @param position where in the text, in UTF-16 units from 0
 * @param length how many units are meant; at least 1 where the text goes on
 * @param problem one sentence on what is wrong
 * @param fix one sentence on what would be right
 */
public record QueryProblem(Reason reason, int position, int length, String problem, String fix) {

    /** The kinds of mistakes. */
    public enum Reason {
        UNKNOWN_KEY,
        NO_VALUE,
        BAD_VALUE,
        BAD_OPERATOR,
        ONE_VALUE,
        /** A minus that leaves nothing out. */
        LONE_MINUS,
        OPEN_QUOTE,
        NO_TEXT,
        NO_SPACE,
        TOO_LONG;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }
    }

    static QueryProblem at(Word word, Reason reason, String problem, String fix) {
        return new QueryProblem(reason, word.position(), word.length(), problem, fix);
    }
}
