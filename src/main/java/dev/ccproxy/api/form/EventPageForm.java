package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of the events of a streamed answer, in their order. */
public record EventPageForm(
        List<StreamEventForm> items,

        @JsonPropertyDescription("Cursor of the following page; absent on the last.") @Nullable
        String next,

        @JsonPropertyDescription("Whether there is a following page.")
        boolean more,

        @JsonPropertyDescription(
                "exact; approximate where the stream came compressed, so that a byte's time is estimated; or none.")
        Times times) {

    /** How far the times of events can be trusted. */
    public enum Times {
        EXACT,
        APPROXIMATE,
        NONE
    }
}
