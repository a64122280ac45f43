package dev.ccproxy.app;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.Settings;
import dev.ccproxy.storage.StoreException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** A command that works on the store instead of running the proxy: what is the same for all of them. */
final class StoreCommand implements Callable<Integer> {

    /** What such a command does; gives the exit code. */
    @FunctionalInterface
    interface Work {
        int run(Settings settings) throws InterruptedException;
    }

    private final Surroundings surroundings;
    private final Supplier<Optional<Configuration.Valid>> configuration;
    private final Work work;

    StoreCommand(Surroundings surroundings, Supplier<Optional<Configuration.Valid>> configuration, Work work) {
        this.surroundings = surroundings;
        this.configuration = configuration;
        this.work = work;
    }

    @Override
    public Integer call() {
        return configuration.get().map(valid -> run(valid.settings())).orElse(ExitCodes.WRONG_CONFIGURATION);
    }

    private int run(Settings settings) {
        Logging.configure(settings.log());
        try {
            return work.run(settings);
        } catch (StoreException failed) {
            surroundings.errors().println("ccproxy: " + failed.getMessage());
            return ExitCodes.of(failed.reason());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        }
    }
}
