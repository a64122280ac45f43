package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** One page of the sessions that Claude Code itself keeps, in the form of the original claude-code-proxy. */
public record ConversationListForm(
        @JsonPropertyDescription("Written to last first.") List<ConversationRowForm> conversations,

        @JsonPropertyDescription("Whether there is a next page.")
        boolean more) {}
