package dev.ccproxy.app;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.ConfigurationSources;
import dev.ccproxy.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration and tells the user about every mistake in it. */
final class ReportedConfiguration {

    private ReportedConfiguration() {}

    /**
     * Reads all sources; mistakes are printed, and nothing is returned then.
     *
     * @param options values of the command line by key path
     * @param file the YAML file that the command line names
     */
    static Optional<Configuration.Valid> load(
            Surroundings surroundings, Map<String, String> options, Optional<Path> file) {
        ConfigurationSources sources =
                new ConfigurationSources(surroundings.workingDirectory(), surroundings.environment(), options, file);
        return switch (Configuration.load(sources)) {
            case Configuration.Valid valid -> Optional.of(valid);
            case Configuration.Invalid(List<Problem> problems) -> {
                complain(surroundings, problems);
                yield Optional.empty();
            }
        };
    }

    private static void complain(Surroundings surroundings, List<Problem> problems) {
        String count = problems.size() == 1 ? "a mistake" : problems.size() + " mistakes";
        surroundings.errors().println("ccproxy: the configuration has " + count + ":");
        problems.forEach(problem -> surroundings.errors().println("  " + problem.sentence()));
    }
}
