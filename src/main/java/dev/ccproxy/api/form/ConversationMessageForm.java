package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A record of a session file, in the form of the original claude-code-proxy. */
public record ConversationMessageForm(
        @Nullable String parentUuid,
        boolean isSidechain,
        String userType,
        String cwd,
        String sessionId,
        String version,
        String type,

        @JsonPropertyDescription("As Claude Code wrote it; absent where the record has none.") @Nullable
        RawJson message,

        String uuid,
        @JsonPropertyDescription("As Claude Code wrote it.") String timestamp) {}
