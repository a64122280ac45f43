package dev.ccproxy.app;

import dev.ccproxy.config.Settings;
import java.util.concurrent.Callable;

/** Runs the proxy until it is told to stop. */
final class RunCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingsOptions options;

    RunCommand(Surroundings surroundings, SettingsOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        return options.load()
                .map(configuration -> run(configuration.settings()))
                .orElse(ProgramCommands.WRONG_CONFIGURATION);
    }

    private int run(Settings settings) {
        Logging.configure(settings.log());
        try (Application application = Application.start(settings)) {
            surroundings.output().print(Greeting.of(settings, application.proxyPort(), application.dashboardPort()));
            surroundings.output().flush();
            application.awaitStop();
            return ProgramCommands.DONE;
        } catch (StartException notStarted) {
            surroundings.errors().println("ccproxy: " + notStarted.getMessage());
            return notStarted.exitCode();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return ProgramCommands.DONE;
        }
    }
}
