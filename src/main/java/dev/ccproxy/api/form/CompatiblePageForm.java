package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** One page of exchanges in the form of the original claude-code-proxy, newest first. */
public record CompatiblePageForm(
        List<CompatibleRequestForm> requests,

        @JsonPropertyDescription("How many there are on all pages.")
        long total) {}
