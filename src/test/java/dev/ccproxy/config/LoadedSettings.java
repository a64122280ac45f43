package dev.ccproxy.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what each source holds and loads the configuration from them. */
final class LoadedSettings {

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> options = new HashMap<>();
    private Optional<Path> namedFile = Optional.empty();

    LoadedSettings(Path directory) {
        this.directory = directory;
    }

    LoadedSettings yaml(String text) {
        return file("config.yaml", text);
    }

    LoadedSettings dotEnv(String text) {
        return file(".env", text);
    }

    LoadedSettings environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    LoadedSettings option(String path, String value) {
        options.put(path, value);
        return this;
    }

    LoadedSettings named(String file) {
        namedFile = Optional.of(Path.of(file));
        return this;
    }

    LoadedSettings file(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Configuration load() {
        return Configuration.load(new ConfigurationSources(directory, environment, options, namedFile));
    }

    Settings settings() {
        return switch (load()) {
            case Configuration.Valid valid -> valid.settings();
            case Configuration.Invalid(List<Problem> problems) ->
                throw new AssertionError("unexpected problems: " + problems);
        };
    }

    /** The effective value and its origin, such as {@code 3002 (environment PORT)}. */
    String effective(String key) {
        return switch (load()) {
            case Configuration.Valid valid ->
                valid.effective().stream()
                        .filter(setting -> setting.key().equals(key))
                        .map(setting ->
                                setting.value() + " (" + setting.origin().description() + ")")
                        .findFirst()
                        .orElseThrow();
            case Configuration.Invalid(List<Problem> problems) ->
                throw new AssertionError("unexpected problems: " + problems);
        };
    }

    List<String> problems() {
        return switch (load()) {
            case Configuration.Valid _ -> List.of();
            case Configuration.Invalid(List<Problem> problems) ->
                problems.stream().map(Problem::sentence).toList();
        };
    }
}
