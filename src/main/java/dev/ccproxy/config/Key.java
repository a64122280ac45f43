package dev.ccproxy.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one declaration of a setting: parsing, defaults, documents, example files and help all come from it.
 *
 * @param path where it stands in the YAML file, such as {@code server.port}; also the name of its option
 * @param environment names of its environment variables, the preferred one first; may be empty
 * @param aliases what several environment variables with different values mean
 * @param type how its text is read
 * @param defaultText used where nothing is set; read like any other text; empty is none
 * @param sentence what it does
 * @param secret whether its value is hidden wherever it would be shown
 */
public record Key<T>(
        String path,
        List<String> environment,
        Aliases aliases,
        ValueType<T> type,
        String defaultText,
        String sentence,
        boolean secret) {

    /** What it means that two environment variables of one key differ. */
    public enum Aliases {
        /** A mistake: nobody can tell which one was meant. */
        MUST_AGREE,
        /** The first name wins, as in other programs that read these variables. */
        FIRST_WINS
    }

    public Key {
        environment = List.copyOf(environment);
    }

    static <T> Key<T> of(String path, String variable, ValueType<T> type, String defaultText, String sentence) {
        return new Key<>(path, List.of(variable), Aliases.MUST_AGREE, type, defaultText, sentence, false);
    }

    /** A key without an environment variable. */
    static <T> Key<T> of(String path, ValueType<T> type, String defaultText, String sentence) {
        return new Key<>(path, List.of(), Aliases.MUST_AGREE, type, defaultText, sentence, false);
    }

    Key<T> alsoFrom(String variable) {
        List<String> names =
                Stream.concat(environment.stream(), Stream.of(variable)).toList();
        return new Key<>(path, names, aliases, type, defaultText, sentence, secret);
    }

    Key<T> firstWins() {
        return new Key<>(path, environment, Aliases.FIRST_WINS, type, defaultText, sentence, secret);
    }

    Key<T> asSecret() {
        return new Key<>(path, environment, aliases, type, defaultText, sentence, true);
    }

    /** The same key of the provider of that name; only for one of {@link ProviderKeys}. */
    Key<T> named(String provider) {
        String variable = provider.toUpperCase(Locale.ROOT).replace('-', '_');
        List<String> variables = environment.stream()
                .map(name -> name.replace(ProviderKeys.PLACE, variable))
                .toList();
        String own = path.replace(ProviderKeys.PLACE, provider);
        return new Key<>(own, variables, aliases, type, defaultText, sentence, secret);
    }

    /** The name of its command-line option, such as {@code --server.port}. */
    public String option() {
        return "--" + path;
    }

    /** What stands for its value in help texts, such as {@code PORT}. */
    public String label() {
        return type.label();
    }

    /** What a right value is, such as {@code a port from 0 to 65535}. */
    public String expected() {
        return type.expected();
    }

    Optional<T> read(String text) {
        return type.reader().apply(text);
    }

    /** The text as it may be shown. */
    String shown(String text) {
        return secret && !text.isEmpty() ? type.mask().apply(text) : text;
    }
}
