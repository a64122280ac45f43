package dev.ccproxy.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tells what is wrong with a name that is no key, and which one may have been meant. */
final class KnownNames {

    private KnownNames() {}

    /** Whether keys stand below this path. */
    static boolean isSection(String path) {
        return Keys.all().stream().anyMatch(key -> key.path().startsWith(path + "."));
    }

    static Problem unusable(String where, String path) {
        return new Problem(where, path, explain(path));
    }

    static String explain(String path) {
        if (UnsupportedKeys.find(path).isPresent()) {
            return "is not supported by this version; remove it";
        }
        Optional<String> meant = suggestion(path);
        if (meant.isPresent()) {
            return "unknown key; did you mean " + meant.get() + "?";
        }
        return path.startsWith("providers.") && !path.startsWith("providers.anthropic")
                ? "anthropic is the only provider of this version; remove it"
                : "unknown key; docs/configuration.md lists all";
    }

    /** The closest key or section, where one is close enough to be a slip of the fingers. */
    static Optional<String> suggestion(String path) {
        int farthest = Math.max(2, path.length() / 4);
        return names().filter(name -> distance(path, name) <= farthest)
                .min(Comparator.comparingInt(name -> distance(path, name)));
    }

    private static Stream<String> names() {
        List<String> paths = Keys.all().stream().map(Key::path).toList();
        Stream<String> sections = paths.stream().flatMap(KnownNames::sectionsOf);
        return Stream.concat(paths.stream(), sections).distinct();
    }

    private static Stream<String> sectionsOf(String path) {
        return IntStream.range(0, path.length())
                .filter(index -> path.charAt(index) == '.')
                .mapToObj(index -> path.substring(0, index));
    }

    /** Levenshtein's distance: how many characters to insert, delete or change. */
    static int distance(String left, String right) {
        int[] previous = IntStream.rangeClosed(0, right.length()).toArray();
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                int shorter = Math.min(previous[column], current[column - 1]) + 1;
                current[column] = Math.min(shorter, previous[column - 1] + change);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
