package dev.ccproxy.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What was read from a part of the text, or why it could not be. */
sealed interface Reading<T> {

    /** It was read. */
    record Read<T>(T value) implements Reading<T> {}

    /** It could not be. */
    record Refused<T>(QueryProblem problem) implements Reading<T> {}

    static <T> Reading<T> refuse(Word word, QueryProblem.Reason reason, String problem, String fix) {
        return new Refused<>(QueryProblem.at(word, reason, problem, fix));
    }

    /** Goes on with what was read. */
    default <R> Reading<R> then(Function<T, Reading<R>> next) {
        return switch (this) {
            case Read<T>(T value) -> next.apply(value);
            case Refused<T>(QueryProblem problem) -> new Refused<>(problem);
        };
    }

    /** Makes something of what was read. */
    default <R> Reading<R> map(Function<T, R> next) {
        return then(value -> new Read<>(next.apply(value)));
    }

    /** Reads each word; the first that is refused decides. */
    static <T> Reading<List<T>> each(List<Word> words, Function<Word, Reading<T>> reader) {
        List<T> values = new ArrayList<>(words.size());
        for (Word word : words) {
            switch (reader.apply(word)) {
                case Read<T>(T value) -> values.add(value);
                case Refused<T>(QueryProblem problem) -> {
                    return new Refused<>(problem);
                }
            }
        }
        return new Read<>(values);
    }
}
