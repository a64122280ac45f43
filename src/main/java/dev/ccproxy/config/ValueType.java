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
 * @param takesList whether a YAML list may stand for a comma list
 * @param members where not empty, the elements of such a list are mappings of these keys, which stand for their values
 *     joined by colons
 */
record ValueType<T>(
        String label,
        String expected,
        Function<String, Optional<T>> reader,
        UnaryOperator<String> mask,
        boolean takesList,
        List<String> members) {

    ValueType {
        members = List.copyOf(members);
    }

    ValueType(String label, String expected, Function<String, Optional<T>> reader) {
        this(label, expected, reader, _ -> "(hidden)", false, List.of());
    }

    ValueType<T> maskedBy(UnaryOperator<String> function) {
        return new ValueType<>(label, expected, reader, function, takesList, members);
    }

    ValueType<T> orList() {
        return new ValueType<>(label, expected, reader, mask, true, members);
    }

    ValueType<T> orListOf(List<String> keys) {
        return new ValueType<>(label, expected, reader, mask, true, keys);
    }

    /** The same, where nothing written means none. */
    ValueType<Optional<T>> optional() {
        return new ValueType<>(label, expected, this::readOrNone, mask, takesList, members);
    }

    /** The outer value is empty for a wrong text, the inner one for an empty text. */
    private Optional<Optional<T>> readOrNone(String text) {
        Optional<T> value = text.isEmpty() ? Optional.empty() : reader.apply(text);
        return text.isEmpty() || value.isPresent() ? Optional.of(value) : Optional.empty();
    }
}
