package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.exchange.InferredFrom;
import dev.ccproxy.exchange.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about itself: its headers first, its body where they are silent.
 *
 * @param stream null where the body does not say, or was not read
 * @param inferredFrom how the session was found; null where the header names it, or there is none
 * @param conversation null where the body is no message's, or was not read
 * @param client a number for the program that sent it, and where that runs
 * @param promptId the client's hint which prompt caused it
 * @param agentType the client's hint what its agent is
 * @param definition name of the agent with whose definition its system prompt begins; null where none was looked for
 * @param thinking whether thinking is asked for; null where the body was not read
 */
record Asked(
        Kind kind,
        @Nullable String model,
        @Nullable Boolean stream,
        @Nullable Boolean thinking,
        @Nullable String sessionId,
        @Nullable InferredFrom inferredFrom,
        @Nullable String agentId,
        @Nullable String parentAgentId,
        @Nullable Conversation conversation,
        long client,
        @Nullable String promptId,
        @Nullable String agentType,
        @Nullable String definition) {

    Asked withoutConversation() {
        return with(model, sessionId, inferredFrom, null, definition);
    }

    Asked withModel(String requested) {
        return with(requested, sessionId, inferredFrom, conversation, definition);
    }

    Asked ofSession(@Nullable String session, @Nullable InferredFrom source) {
        return with(model, session, source, conversation, definition);
    }

    Asked definedAs(@Nullable String agent) {
        return with(model, sessionId, inferredFrom, conversation, agent);
    }

    private Asked with(
            @Nullable String otherModel,
            @Nullable String session,
            @Nullable InferredFrom source,
            @Nullable Conversation said,
            @Nullable String agent) {
        return new Asked(
                kind,
                otherModel,
                stream,
                thinking,
                session,
                source,
                agentId,
                parentAgentId,
                said,
                client,
                promptId,
                agentType,
                agent);
    }
}
