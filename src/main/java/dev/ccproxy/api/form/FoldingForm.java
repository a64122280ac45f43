package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a stream became a message, and what of it is not in there. */
public record FoldingForm(
        @JsonPropertyDescription("Whether the stream brought the message to its end.")
        boolean complete,

        @JsonPropertyDescription("The error event that broke the stream.") @Nullable
        RawJson error,

        @JsonPropertyDescription("Tool inputs whose end never came.")
        List<CutInput> cutInputs,

        @JsonPropertyDescription("Events of no known kind, at most 100.")
        List<RawJson> notUnderstood) {

    /** A tool input that is no whole JSON. */
    public record CutInput(
            @JsonPropertyDescription("Index in the message's content.")
            int block,

            String text) {}
}
