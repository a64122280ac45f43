package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What one program sends that another did not, such as two releases of Claude Code: by the last request of each. */
public record ClientChangesForm(
        RequestForm before,
        RequestForm after,

        @JsonPropertyDescription("Names of headers.") SetChangesForm headers,

        @JsonPropertyDescription("Words in anthropic-beta.") SetChangesForm betas,

        @JsonPropertyDescription("Tools and system blocks that differ; conversations are not compared.")
        List<ChangesForm.Block> blocks,

        @JsonPropertyDescription("Other members of the body that differ.")
        List<ChangesForm.Parameter> parameters) {

    /** The request of one of both. */
    public record RequestForm(
            @JsonPropertyDescription("Its User-Agent.") String agent,
            @JsonPropertyDescription("Id of the exchange.") String exchange,

            @JsonPropertyDescription("Milliseconds since 1970.")
            long at) {}

    /** What came and went. */
    public record SetChangesForm(List<String> added, List<String> removed) {}
}
