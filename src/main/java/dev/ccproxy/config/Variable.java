package dev.ccproxy.config;

import java.util.Map;
import java.util.stream.Collectors;

/** The value of an environment variable, and whether {@code .env} or the process's environment has it. */
record Variable(String value, Origin origin) {

    static Map<String, Variable> ofProcess(Map<String, String> environment) {
        return environment.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new Variable(
                                entry.getValue().strip(), new Origin.EnvironmentVariable(entry.getKey()))));
    }
}
