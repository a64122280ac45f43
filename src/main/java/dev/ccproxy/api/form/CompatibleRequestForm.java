package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exchange in the form of the original claude-code-proxy. */
public record CompatibleRequestForm(
        String requestId,
        @JsonPropertyDescription("RFC 3339.") String timestamp,
        String method,
        String endpoint,

        @JsonPropertyDescription("Values by name; credentials are replaced.")
        Map<String, List<String>> headers,

        @JsonPropertyDescription("The request, where it is JSON.") @Nullable
        RawJson body,

        @Nullable String model,
        @Nullable String originalModel,
        @Nullable String routedModel,
        String userAgent,
        String contentType,
        @Nullable CompatibleResponseForm response) {}
