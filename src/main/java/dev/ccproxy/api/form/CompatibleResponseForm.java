package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer in the form of the original claude-code-proxy. */
public record CompatibleResponseForm(
        int statusCode,
        Map<String, List<String>> headers,

        @JsonPropertyDescription("The answer where it is JSON, else the message that the stream adds up to.") @Nullable
        RawJson body,

        @JsonPropertyDescription("Milliseconds to the end.") long responseTime,

        @JsonPropertyDescription("The data lines of the stream.") @Nullable
        List<String> streamingChunks,

        boolean isStreaming,
        @JsonPropertyDescription("RFC 3339.") String completedAt) {}
