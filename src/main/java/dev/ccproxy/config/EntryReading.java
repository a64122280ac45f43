package dev.ccproxy.config;

import dev.ccproxy.spelling.NearestWord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a list, and keeps the first thing that is wrong, with the number of its entry. For one thread. */
final class EntryReading {

    private final String noun;
    private @Nullable String problem;
    private int number;

    /** {@code noun} is what people call one entry. */
    EntryReading(String noun) {
        this.noun = noun;
    }

    /** Hands over each entry of a list in its turn. What is said {@link #wrong} in the meantime is wrong with that one. */
    <T> void each(List<T> list, Consumer<T> reader) {
        for (T entry : list) {
            number++;
            reader.accept(entry);
        }
        number = 0;
    }

    /** Of the present entry, from 1; 0 outside of {@link #each}. */
    int number() {
        return number;
    }

    void wrong(String what) {
        if (problem == null) {
            problem = number == 0 ? what : noun + " " + number + ": " + what;
        }
    }

    /** One sentence; empty where nothing is wrong. */
    String problem() {
        return problem == null ? "" : problem;
    }

    /** The list, where nothing is wrong with it. */
    <T> Optional<List<T>> unlessWrong(List<T> read) {
        return problem == null ? Optional.of(read) : Optional.empty();
    }

    /** Members have no other names than these. */
    void checkNames(Map<String, YamlTree> members, List<String> known) {
        members.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(unknown -> wrong("unknown key " + unknown + meant(unknown, known)));
    }

    /** What else may have been meant by a word: the nearest, or all that there are. */
    static String meant(String word, List<String> known) {
        return NearestWord.to(word, known)
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("; there are " + String.join(", ", known));
    }

    /** A text that is not empty. */
    Optional<String> text(Map<String, YamlTree> members, String name) {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case YamlTree.Text(String text) -> text.isEmpty() ? Optional.empty() : Optional.of(text);
            case YamlTree.Elements _, YamlTree.Members _ -> {
                wrong(name + " must be a text");
                yield Optional.empty();
            }
        };
    }
}
