package dev.ccproxy.app;

import dev.ccproxy.config.LogSettings;
import java.util.Locale;

/** Hands the log settings to {@code logback.xml}; has to come before the first logger is asked for. */
final class Logging {

    private Logging() {}

    static void configure(LogSettings settings) {
        System.setProperty("ccproxy.log.level", settings.level().name());
        System.setProperty("ccproxy.log.format", settings.format().name().toLowerCase(Locale.ROOT));
    }
}
