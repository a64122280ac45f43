package dev.ccproxy.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads every source, strongest last, and checks every value, also those that a stronger source replaces. */
final class ConfigurationLoader {

    private static final String DEFAULT_FILE = "config.yaml";
    private static final String FILE_VARIABLE = "CONFIG_PATH";
    private static final String FILE_OPTION = "--config";

    private final ConfigurationSources sources;
    private final Reading.Builder reading = new Reading.Builder();

    ConfigurationLoader(ConfigurationSources sources) {
        this.sources = sources;
    }

    Configuration load() {
        DotEnvFile.Contents dotEnv = DotEnvFile.read(sources.workingDirectory().resolve(DotEnvFile.NAME));
        Map<String, Variable> environment = Variable.ofProcess(sources.environment());
        Reading yaml = yaml(dotEnv.variables(), environment);
        Reading options = options();
        List<Key<?>> keys = keys(yaml, options);
        reading.add(yaml);
        dotEnv.problems().forEach(reading::add);
        reading.add(EnvironmentReader.read(dotEnv.variables(), keys));
        reading.add(EnvironmentReader.read(environment, keys));
        reading.add(options);
        return check(reading.build());
    }

    /** Every key, with those of the providers that are named somewhere. */
    private static List<Key<?>> keys(Reading yaml, Reading options) {
        List<Key<?>> keys = new ArrayList<>(Keys.all());
        Stream.concat(yaml.givens().stream(), options.givens().stream())
                .flatMap(given -> ProviderKeys.providerIn(given.key().path()).stream())
                .distinct()
                .forEach(provider -> keys.addAll(ProviderKeys.of(provider)));
        return keys;
    }

    private Configuration check(Reading all) {
        Map<String, Given> strongest = new HashMap<>();
        Reading.Builder checked = new Reading.Builder();
        all.problems().forEach(checked::add);
        for (Given given : all.givens()) {
            if (given.key().read(given.text()).isPresent()) {
                strongest.put(given.key().path(), given);
            } else {
                checked.add(Problem.wrongValue(given));
            }
        }
        Values values = new Values(strongest);
        Rules.check(values).forEach(checked::add);
        List<Problem> problems = checked.build().problems();
        return problems.isEmpty()
                ? new Configuration.Valid(values.settings(), values.effective())
                : new Configuration.Invalid(problems);
    }

    private Reading yaml(Map<String, Variable> dotEnv, Map<String, Variable> environment) {
        Optional<NamedFile> named = sources.namedFile()
                .map(file -> new NamedFile(file, "option " + FILE_OPTION))
                .or(() -> fromVariable(environment))
                .or(() -> fromVariable(dotEnv));
        Path file = named.map(NamedFile::file).orElse(Path.of(DEFAULT_FILE));
        Path resolved = sources.workingDirectory().resolve(file);
        if (Files.isRegularFile(resolved)) {
            return YamlFile.read(resolved, file.toString());
        }
        return named.map(it ->
                        Reading.problem(new Problem(it.where(), it.file().toString(), "must be a file that exists")))
                .orElse(Reading.empty());
    }

    private static Optional<NamedFile> fromVariable(Map<String, Variable> variables) {
        return Optional.ofNullable(variables.get(FILE_VARIABLE))
                .filter(variable -> !variable.value().isEmpty())
                .map(variable -> new NamedFile(
                        Path.of(variable.value()), variable.origin().description()));
    }

    private Reading options() {
        Reading.Builder given = new Reading.Builder();
        new TreeMap<>(sources.options()).forEach((path, value) -> {
            if (!value.isBlank()) {
                Keys.find(path)
                        .ifPresent(key ->
                                given.add(new Given(key, value.strip(), new Origin.CommandLineOption(key.option()))));
            }
        });
        return given.build();
    }

    /** The YAML file that somebody asked for, and where. */
    private record NamedFile(Path file, String where) {}
}
