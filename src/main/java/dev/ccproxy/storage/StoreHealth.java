package dev.ccproxy.storage;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How recording fares.
 *
 * @param queuedBytes held for the next commits
 * @param droppedExchanges exchanges lost whole since the start
 * @param droppedBodies bodies that could not be kept since the start (their exchanges are)
 * @param problem why the state is not RECORDING, for people; null when it is
 */
public record StoreHealth(
        State state,
        long queuedBytes,
        long droppedExchanges,
        long droppedBodies,
        @Nullable String problem) {

    public enum State {
        RECORDING,
        /** Something is being lost, or was in the last minute. */
        DEGRADED,
        CLOSED;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }
    }
}
