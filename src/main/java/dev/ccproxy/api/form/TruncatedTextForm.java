package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Stands in a detail where the recorded JSON has a text too long to show. */
public record TruncatedTextForm(
        boolean truncated,

        @JsonPropertyDescription("Length of the whole text as UTF-8.")
        long bytes,

        @JsonPropertyDescription("Where the body with the whole text is.")
        String href) {}
