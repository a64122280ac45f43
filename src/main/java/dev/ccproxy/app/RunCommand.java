package dev.ccproxy.app;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.Settings;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Runs the proxy until it is told to stop. */
final class RunCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Supplier<Optional<Configuration.Valid>> configuration;

    /**
     * Prepares a run.
     *
     * @param configuration reads it and reports mistakes itself
     */
    RunCommand(Surroundings surroundings, Supplier<Optional<Configuration.Valid>> configuration) {
        this.surroundings = surroundings;
        this.configuration = configuration;
    }

    @Override
    public Integer call() {
        return configuration.get().map(this::run).orElse(ExitCodes.WRONG_CONFIGURATION);
    }

    private int run(Configuration.Valid valid) {
        Settings settings = valid.settings();
        Logging.configure(settings.log());
        try (Application application = Application.start(valid)) {
            surroundings.output().print(Greeting.of(settings, application.proxyPort(), application.dashboardPort()));
            surroundings.output().flush();
            application.awaitStop();
            return ExitCodes.DONE;
        } catch (StartException notStarted) {
            surroundings.errors().println("ccproxy: " + notStarted.getMessage());
            return notStarted.exitCode();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return ExitCodes.DONE;
        }
    }
}
