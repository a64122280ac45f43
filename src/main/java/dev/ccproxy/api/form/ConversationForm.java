package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A session that Claude Code itself keeps, whole, in the form of the original claude-code-proxy. */
public record ConversationForm(
        String sessionId,

        @JsonPropertyDescription("Name of the project's folder.")
        String projectPath,

        @JsonPropertyDescription("The same.") String projectName,

        @JsonPropertyDescription("Every record of its file, in the order of the file.")
        List<ConversationMessageForm> messages,

        @JsonPropertyDescription("RFC 3339.") String startTime,
        @JsonPropertyDescription("RFC 3339.") String endTime,
        long messageCount) {}
