package dev.ccproxy.app;

import dev.ccproxy.config.LogSettings;
import java.util.Locale;

/** Hands the log settings to {@link LogConfigurator}; has to come before the first logger is asked for. */
final class Logging {

    private Logging() {}

    static void configure(LogSettings settings) {
        System.setProperty(LogConfigurator.LEVEL, settings.level().name());
        System.setProperty(LogConfigurator.FORMAT, settings.format().name().toLowerCase(Locale.ROOT));
    }
}
