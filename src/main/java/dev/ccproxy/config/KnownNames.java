package dev.ccproxy.config;

import dev.ccproxy.spelling.NearestWord;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tells what is wrong with a name that is no key, and which one may have been meant. */
final class KnownNames {

    private static final List<String> BUILT_IN = List.of(ProviderSettings.ANTHROPIC, ProviderSettings.OPENAI);

    private KnownNames() {}

    /** Whether keys stand below this path. */
    static boolean isSection(String path) {
        return Keys.all().stream().anyMatch(key -> key.path().startsWith(path + ".")) || isProvider(path);
    }

    /** A name that is nearly that of a built-in provider is a slip of the fingers, not another provider. */
    private static boolean isProvider(String path) {
        Optional<String> name = ProviderKeys.providerIn(path).filter(it -> path.equals("providers." + it));
        return name.isPresent()
                && ProviderKeys.isName(name.get())
                && NearestWord.to(name.get(), BUILT_IN).isEmpty();
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
        return ProviderKeys.providerIn(path)
                        .filter(name -> !ProviderKeys.isName(name))
                        .isPresent()
                ? "a provider's name is made of lower-case letters, digits, - and _"
                : "unknown key; docs/configuration.md lists all";
    }

    /** The closest key or section, where one is close enough to be a slip of the fingers. */
    static Optional<String> suggestion(String path) {
        List<String> own = Keys.named(path).stream().map(Key::path).toList();
        return NearestWord.to(path, own).or(() -> NearestWord.to(path, names()));
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
