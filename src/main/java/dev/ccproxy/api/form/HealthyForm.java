package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The program takes new work. */
public record HealthyForm(
        String status, @JsonPropertyDescription("RFC 3339.") String timestamp) {}
