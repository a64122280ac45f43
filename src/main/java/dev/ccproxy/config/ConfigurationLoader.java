package dev.ccproxy.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        reading.add(yaml(dotEnv.variables(), environment));
        dotEnv.problems().forEach(reading::add);
        reading.add(EnvironmentReader.read(dotEnv.variables()));
        reading.add(EnvironmentReader.read(environment));
        reading.add(options());
        return check(reading.build());
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
        for (Key<?> key : Keys.all()) {
            String text = sources.options().getOrDefault(key.path(), "").strip();
            if (!text.isEmpty()) {
                given.add(new Given(key, text, new Origin.CommandLineOption(key.option())));
            }
        }
        return given.build();
    }

    /** The YAML file that somebody asked for, and where. */
    private record NamedFile(Path file, String where) {}
}
