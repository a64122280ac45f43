package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The program takes no new work: it is starting, stopping, or has nowhere to record. */
public record DrainingResponseForm(
        String status, @JsonPropertyDescription("RFC 3339.") String timestamp) {}
