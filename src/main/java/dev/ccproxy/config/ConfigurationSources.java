package dev.ccproxy.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from, strongest last: the defaults, the YAML file, {@code .env}, the environment, the command line.
 *
 * @param workingDirectory holds {@code config.yaml} and {@code .env}; relative paths start here
 * @param environment the variables of the process
 * @param options values of the command line by key path, such as {@code server.port}
 * @param namedFile the YAML file of {@code --config}
 */
public record ConfigurationSources(
        Path workingDirectory, Map<String, String> environment, Map<String, String> options, Optional<Path> namedFile) {

    public ConfigurationSources {
        environment = Map.copyOf(environment);
        options = Map.copyOf(options);
    }
}
