package dev.ccproxy.query;

import dev.ccproxy.query.QueryProblem.Reason;
import dev.ccproxy.query.Reading.Read;
import dev.ccproxy.query.Reading.Refused;
import dev.ccproxy.spelling.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one text from left to right: terms with blanks between them. For one thread. */
final class QueryParser {

    private static final int MOST_CHARS = 1_000;
    private static final int MOST_TERMS = 20;
    private static final int MOST_VALUES = 20;

    private static final String SHORTER = "Make it shorter.";

    private final String text;
    private final Moment moment;
    private int at;

    QueryParser(String text, Moment moment) {
        this.text = text;
        this.moment = moment;
    }

    Parsed parse() {
        if (text.length() > MOST_CHARS) {
            return tooLong(
                    MOST_CHARS, text.length() - MOST_CHARS, "A query has at most " + MOST_CHARS + " characters.");
        }
        List<Term> terms = new ArrayList<>();
        for (skipBlanks(); !atEnd(); skipBlanks()) {
            if (terms.size() == MOST_TERMS) {
                return tooLong(at, text.length() - at, "A query has at most " + MOST_TERMS + " terms.");
            }
            switch (term()) {
                case Read<Term>(Term term) -> terms.add(term);
                case Refused<Term>(QueryProblem problem) -> {
                    return new Parsed.Misunderstood(problem);
                }
            }
        }
        return new Parsed.Understood(new Query(terms));
    }

    private Reading<Term> term() {
        int start = at;
        boolean excluded = text.charAt(at) == '-';
        if (excluded) {
            at++;
            if (atEnd() || isBlank(text.charAt(at)) || text.charAt(at) == '-') {
                return loneMinus(start);
            }
        }
        return condition().map(condition -> new Term(excluded, condition));
    }

    private Reading<Condition> condition() {
        if (text.charAt(at) == '"') {
            return quoted(Reason.NO_TEXT).then(this::endedByBlank).map(word -> new Condition.Text(word.text()));
        }
        int start = at;
        while (!atEnd() && isKeyLetter(text.charAt(at))) {
            at++;
        }
        Word key = from(start);
        Operator operator = key.length() == 0 ? null : operator();
        if (operator != null) {
            return keyed(key, operator, from(start + key.length()));
        }
        at = start;
        return new Read<>(new Condition.Text(bare(false).text()));
    }

    private Reading<Condition> keyed(Word written, Operator operator, Word sign) {
        Values known = Keys.valuesOf(written.text()).orElse(null);
        if (known == null) {
            return unknown(written);
        }
        return values(written, sign).then(words -> known.read(new KeyedTerm(written, operator, sign, words), moment));
    }

    /** What stands at this place; null where it is no operator. */
    private @Nullable Operator operator() {
        boolean colon = accept(':');
        if (accept('>')) {
            return accept('=') ? Operator.AT_LEAST : Operator.GREATER;
        }
        if (accept('<')) {
            return accept('=') ? Operator.AT_MOST : Operator.LESS;
        }
        if (accept('=')) {
            return Operator.EQUAL;
        }
        return colon ? Operator.HAS : null;
    }

    private Reading<List<Word>> values(Word key, Word sign) {
        List<Word> words = new ArrayList<>();
        do {
            if (words.size() == MOST_VALUES) {
                return refuse(at, 1, Reason.TOO_LONG, "A term has at most " + MOST_VALUES + " values.", SHORTER);
            }
            if (atEnd() || isBlank(text.charAt(at)) || text.charAt(at) == ',') {
                return noValue(key, sign);
            }
            switch (value()) {
                case Read<Word>(Word word) -> words.add(word);
                case Refused<Word>(QueryProblem problem) -> {
                    return new Refused<>(problem);
                }
            }
        } while (accept(','));
        return new Read<>(words);
    }

    private Reading<Word> value() {
        return text.charAt(at) == '"'
                ? quoted(Reason.NO_VALUE).then(this::endedByBlankOrComma)
                : new Read<>(bare(true));
    }

    /** Up to the next blank, or comma. */
    private Word bare(boolean endsAtComma) {
        int start = at;
        while (!atEnd() && !isBlank(text.charAt(at)) && !(endsAtComma && text.charAt(at) == ',')) {
            at++;
        }
        return from(start);
    }

    /** Between quotes; a backslash makes a quote or a backslash part of the text. */
    private Reading<Word> quoted(Reason whenBlank) {
        int start = at++;
        StringBuilder inside = new StringBuilder();
        while (!atEnd() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length() && isEscapable(text.charAt(at + 1))) {
                at++;
            }
            inside.append(text.charAt(at++));
        }
        if (!accept('"')) {
            return refuse(
                    start,
                    at - start,
                    Reason.OPEN_QUOTE,
                    "The quote is not closed.",
                    "Close it with `\"`; write `\\\"` for a quote inside.");
        }
        Word word = new Word(inside.toString(), start, at - start);
        return inside.chars().allMatch(character -> isBlank((char) character))
                ? Reading.refuse(word, whenBlank, "There is nothing between the quotes.", "Write a text between them.")
                : new Read<>(word);
    }

    private Reading<Word> endedByBlank(Word word) {
        return atEnd() || isBlank(text.charAt(at)) ? new Read<>(word) : noSpace();
    }

    private Reading<Word> endedByBlankOrComma(Word word) {
        return !atEnd() && text.charAt(at) == ',' ? new Read<>(word) : endedByBlank(word);
    }

    private Reading<Condition> unknown(Word key) {
        String quoteIt = "to look for the text itself, put it in quotes.";
        return Reading.refuse(
                key,
                Reason.UNKNOWN_KEY,
                "`" + key.shown() + "` is no key.",
                NearestWord.to(key.text().toLowerCase(Locale.ROOT), Keys.words())
                        .map(meant -> "Did you mean `" + meant + "`? Or, " + quoteIt)
                        .orElse("Keys are " + String.join(", ", Keys.words()) + "; " + quoteIt));
    }

    private Reading<Term> loneMinus(int start) {
        return refuse(
                start,
                1,
                Reason.LONE_MINUS,
                "`-` leaves out what stands right behind it, and there is no term.",
                "Write the term behind it; to look for the character itself, put it in quotes.");
    }

    /** Where the value should stand: at the key when nothing follows, else at the comma too many. */
    private Reading<List<Word>> noValue(Word key, Word sign) {
        boolean comma = !atEnd() && text.charAt(at) == ',';
        int start = comma ? at : key.position();
        return refuse(
                start,
                comma ? 1 : at - start,
                Reason.NO_VALUE,
                "`" + key.text() + sign.text() + "` lacks a value.",
                "Write it right behind, without a blank.");
    }

    private Reading<Word> noSpace() {
        return refuse(
                at,
                1,
                Reason.NO_SPACE,
                "A blank is missing behind the quote.",
                "Put a blank there, or write `\\\"` for a quote inside the text.");
    }

    private static Parsed tooLong(int position, int length, String problem) {
        return new Parsed.Misunderstood(new QueryProblem(Reason.TOO_LONG, position, length, problem, SHORTER));
    }

    private static <T> Reading<T> refuse(int position, int length, Reason reason, String problem, String fix) {
        return new Refused<>(new QueryProblem(reason, position, length, problem, fix));
    }

    private Word from(int start) {
        return new Word(text.substring(start, at), start, at - start);
    }

    private boolean accept(char expected) {
        boolean there = !atEnd() && text.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private void skipBlanks() {
        while (!atEnd() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private boolean atEnd() {
        return at == text.length();
    }

    private static boolean isBlank(char character) {
        return character <= ' ';
    }

    private static boolean isEscapable(char character) {
        return character == '"' || character == '\\';
    }

    private static boolean isKeyLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
    }
}
