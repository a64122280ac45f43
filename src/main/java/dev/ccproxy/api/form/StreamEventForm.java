package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One event of a streamed answer. */
public record StreamEventForm(
        @JsonPropertyDescription("When its last byte came, in milliseconds since the request began.") @Nullable
        Double t,

        @JsonPropertyDescription("Event name; message where the stream gave none.")
        String type,

        @JsonPropertyDescription("The event's data as it was sent.")
        String data) {}
