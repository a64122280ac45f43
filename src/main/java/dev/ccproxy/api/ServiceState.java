package dev.ccproxy.api;

import java.util.Locale;

/** What the program is doing and where it is reached. Safe for all threads, returns at once. */
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

    /**
     * What clients are to be pointed at, such as {@code http://localhost:3001}: the configured public address, else the
     * proxy port under the name that the viewer used.
     *
     * @param host name or address without port, such as {@code localhost} or {@code [::1]}
     */
    String clientBaseUrl(String host);
}
