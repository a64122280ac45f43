package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.exchange.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about itself: its headers first, its body where they are silent.
 *
 * @param stream null where the body does not say, or was not read
 * @param conversation null where the body is no message's, or was not read
 * @param promptId the client's hint which prompt caused it
 * @param agentType the client's hint what its agent is
 * @param thinking whether thinking is asked for; null where the body was not read
 */
record Asked(
        Kind kind,
        @Nullable String model,
        @Nullable Boolean stream,
        @Nullable Boolean thinking,
        @Nullable String sessionId,
        @Nullable String agentId,
        @Nullable String parentAgentId,
        @Nullable Conversation conversation,
        @Nullable String promptId,
        @Nullable String agentType) {

    Asked withoutConversation() {
        return new Asked(kind, model, stream, thinking, sessionId, agentId, parentAgentId, null, promptId, agentType);
    }

    Asked withModel(String requested) {
        return new Asked(
                kind,
                requested,
                stream,
                thinking,
                sessionId,
                agentId,
                parentAgentId,
                conversation,
                promptId,
                agentType);
    }
}
