package dev.ccproxy.app;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.Key;
import dev.ccproxy.config.Keys;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** One option for each setting, known to every command, and the configuration that comes of them. */
final class SettingsOptions {

    private static final String FILE = "config";

    private final Surroundings surroundings;
    private final Map<String, String> values = new HashMap<>();

    SettingsOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void addTo(CommandSpec spec) {
        spec.addOption(option(
                FILE, "FILE", "The YAML file. Default: config.yaml, if there is one. Environment: CONFIG_PATH."));
        for (Key<?> key : Keys.all()) {
            spec.addOption(option(key.path(), key.label(), description(key)));
        }
    }

    /** Reads all sources; mistakes are printed, and nothing is returned then. */
    Optional<Configuration.Valid> load() {
        return loadWith(Map.of());
    }

    /** The same, with these settings whatever the sources say. */
    Optional<Configuration.Valid> loadWith(Map<String, String> fixed) {
        Map<String, String> options = new HashMap<>(values);
        options.putAll(fixed);
        Optional<Path> file = Optional.ofNullable(options.remove(FILE)).map(Path::of);
        return ReportedConfiguration.load(surroundings, options, file);
    }

    private OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder("--" + name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description.replace("%", "%%"))
                .scopeType(ScopeType.INHERIT)
                .setter(new ISetter() {
                    @Override
                    public <T> @Nullable T set(@Nullable T value) {
                        return keep(name, value);
                    }
                })
                .build();
    }

    private <T> @Nullable T keep(String name, @Nullable T value) {
        if (value != null) {
            values.put(name, value.toString());
        }
        return null;
    }

    private static String description(Key<?> key) {
        String defaultText = key.defaultText().isEmpty() ? "none" : key.defaultText();
        String environment =
                key.environment().isEmpty() ? "" : " Environment: " + String.join(", ", key.environment()) + ".";
        return key.sentence() + " Default: " + defaultText + "." + environment;
    }
}
