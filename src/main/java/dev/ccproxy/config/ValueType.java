package dev.ccproxy.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How the text of a setting is read.
 *
 * @param label stands for a value in help texts, such as {@code PORT}
 * @param expected what a right value is, such as {@code a port from 0 to 65535}; completes "must be ..."
 * @param reader empty for a wrong value
 * @param mask what may be shown of a secret value
 * @param shape what may stand for the text in YAML
 * @param remedy what is wrong with a text that the reader refuses, and what would be right
 */
record ValueType<T>(
        String label,
        String expected,
        Function<String, Optional<T>> reader,
        UnaryOperator<String> mask,
        Shape shape,
        UnaryOperator<String> remedy) {

    /** What may stand for the text of a value in YAML. */
    sealed interface Shape {
        /** The text only. */
        record Text() implements Shape {}

        /**
         * A list, for its elements joined by commas.
         *
         * @param members where not empty, the elements are mappings of these keys, which stand for their values joined by
         *     colons
         */
        record CommaList(List<String> members) implements Shape {
            public CommaList {
                members = List.copyOf(members);
            }
        }

        /** Any list or mapping, for itself as JSON. */
        record Tree() implements Shape {}
    }

    ValueType(String label, String expected, Function<String, Optional<T>> reader) {
        this(label, expected, reader, _ -> "(hidden)", new Shape.Text(), _ -> "must be " + expected);
    }

    ValueType<T> maskedBy(UnaryOperator<String> function) {
        return new ValueType<>(label, expected, reader, function, shape, remedy);
    }

    ValueType<T> orList() {
        return shaped(new Shape.CommaList(List.of()));
    }

    ValueType<T> orListOf(List<String> keys) {
        return shaped(new Shape.CommaList(keys));
    }

    ValueType<T> orTree() {
        return shaped(new Shape.Tree());
    }

    private ValueType<T> shaped(Shape other) {
        return new ValueType<>(label, expected, reader, mask, other, remedy);
    }

    /** The same with words of its own for what is wrong. */
    ValueType<T> explainedBy(UnaryOperator<String> words) {
        return new ValueType<>(label, expected, reader, mask, shape, words);
    }

    /** The same, where nothing written means none. */
    ValueType<Optional<T>> optional() {
        return new ValueType<>(label, expected, this::readOrNone, mask, shape, remedy);
    }

    /** The outer value is empty for a wrong text, the inner one for an empty text. */
    private Optional<Optional<T>> readOrNone(String text) {
        Optional<T> value = text.isEmpty() ? Optional.empty() : reader.apply(text);
        return text.isEmpty() || value.isPresent() ? Optional.of(value) : Optional.empty();
    }
}
