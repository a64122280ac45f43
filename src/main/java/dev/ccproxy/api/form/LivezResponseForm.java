package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.storage.StoreHealth;

/** The program lives; how busy it is and how recording fares. */
public record LivezResponseForm(
        String status,

        @JsonProperty("in_flight") @JsonPropertyDescription("Exchanges that run now.")
        long inFlight,

        boolean draining,
        @JsonPropertyDescription("RFC 3339.") String timestamp,
        Recording recording) {

    /** How recording fares. */
    public record Recording(
            StoreHealth.State state,

            @JsonProperty("queued_bytes") @JsonPropertyDescription("Bytes that wait to be written.")
            long queuedBytes,

            @JsonPropertyDescription("Exchanges and bodies that could not be kept since the start.")
            long dropped) {

        public static Recording of(StoreHealth health) {
            return new Recording(
                    health.state(), health.queuedBytes(), health.droppedExchanges() + health.droppedBodies());
        }
    }
}
