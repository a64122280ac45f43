package dev.ccproxy.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Finds the values of keys among environment variables; all other variables are none of our business. */
final class EnvironmentReader {

    private EnvironmentReader() {}

    /** The values of these keys. */
    static Reading read(Map<String, Variable> variables, List<Key<?>> keys) {
        Reading.Builder reading = new Reading.Builder();
        for (Key<?> key : keys) {
            read(key, variables, reading);
        }
        UnsupportedKeys.all().stream()
                .flatMap(key -> key.environment().stream())
                .filter(name -> isSet(variables, name))
                .map(name -> unsupported(name, variables))
                .forEach(reading::add);
        return reading.build();
    }

    private static void read(Key<?> key, Map<String, Variable> variables, Reading.Builder reading) {
        List<String> names = key.environment().stream()
                .filter(name -> isSet(variables, name))
                .toList();
        List<Given> givens = names.stream()
                .map(name -> Objects.requireNonNull(variables.get(name)))
                .map(variable -> new Given(key, variable.value(), variable.origin()))
                .toList();
        long values = givens.stream().map(Given::text).distinct().count();
        if (values > 1 && key.aliases() == Key.Aliases.MUST_AGREE) {
            reading.add(disagreement(key, names, givens));
        } else {
            givens.stream().findFirst().ifPresent(reading::add);
        }
    }

    private static Problem disagreement(Key<?> key, List<String> names, List<Given> givens) {
        String where =
                givens.stream().map(given -> given.origin().description()).collect(Collectors.joining(" and "));
        String values = givens.stream().map(given -> key.shown(given.text())).collect(Collectors.joining(" and "));
        return new Problem(
                where,
                key.path() + " = " + values,
                String.join(" and ", names) + " mean the same: set one of them, or both alike");
    }

    private static Problem unsupported(String name, Map<String, Variable> variables) {
        Origin origin = Objects.requireNonNull(variables.get(name)).origin();
        String where = origin instanceof Origin.FileLine line ? line.description() : "environment";
        return new Problem(where, name, "is not supported by this version; unset it");
    }

    private static boolean isSet(Map<String, Variable> variables, String name) {
        Variable variable = variables.get(name);
        return variable != null && !variable.value().isEmpty();
    }
}
