package dev.ccproxy.app;

import java.util.concurrent.Callable;

/** Runs the program for a moment on loopback, so that the JVM can record a start-up cache. */
final class TrainCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingsOptions options;

    TrainCommand(Surroundings surroundings, SettingsOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        return ProgramCommands.DONE;
    }
}
