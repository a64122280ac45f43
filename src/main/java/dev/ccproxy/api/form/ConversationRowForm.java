package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A session that Claude Code itself keeps, on one line. */
public record ConversationRowForm(
        @JsonPropertyDescription("Id of the session.") String id,

        @JsonPropertyDescription("Records in its file.") long requestCount,

        @JsonPropertyDescription("RFC 3339.") String startTime,
        @JsonPropertyDescription("RFC 3339.") String lastActivity,
        @JsonPropertyDescription("Milliseconds.") long duration,

        @JsonPropertyDescription("What the user said first, at most 200 characters and three dots.")
        String firstMessage,

        @JsonPropertyDescription("Name of the project's folder, such as -home-alice-shop.")
        String projectName) {}
