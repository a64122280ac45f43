package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What is to be simulated. */
public record SimulationRequestForm(
        @JsonPropertyDescription("Id of an exchange that is to be explained.") @Nullable
        String exchange,

        @JsonPropertyDescription(
                "Rules instead of the configured ones: a list as in `routes` of the configuration, or its"
                        + " YAML text.")
        @Nullable
        RawJson routes,

        @JsonPropertyDescription(
                "Mappings instead of the configured ones: an object as in `subagents.mappings`, or its" + " text.")
        @Nullable
        RawJson mappings,

        @JsonPropertyDescription(
                "On how many of the latest exchanges the rules are tried, at most 1000; without it 1000, or"
                        + " none where an exchange is to be explained.")
        @Nullable
        Integer last) {}
