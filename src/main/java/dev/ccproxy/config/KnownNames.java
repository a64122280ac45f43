package dev.ccproxy.config;

import dev.ccproxy.spelling.NearestWord;
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
        return NearestWord.to(path, names());
    }

    private static List<String> names() {
        List<String> paths = Keys.all().stream().map(Key::path).toList();
        Stream<String> sections = paths.stream().flatMap(KnownNames::sectionsOf);
        return Stream.concat(paths.stream(), sections).distinct().toList();
    }

    private static Stream<String> sectionsOf(String path) {
        return IntStream.range(0, path.length())
                .filter(index -> path.charAt(index) == '.')
                .mapToObj(index -> path.substring(0, index));
    }
}
