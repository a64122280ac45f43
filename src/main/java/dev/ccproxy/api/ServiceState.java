package dev.ccproxy.api;

import java.util.Locale;

/** What the program is doing, for the health routes. Safe for all threads, returns at once. */
public interface ServiceState {

    /** Where the program is in its life. */
    enum Phase {
        STARTING,
        READY,
        DRAINING;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }
    }

    Phase phase();

    /** Exchanges that run now. */
    long inFlight();
}
