package dev.ccproxy.session;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.exchange.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A request as its session sees it.
 *
 * @param agentId null for the main agent
 * @param conversation null where the body was not read
 * @param promptId the client's hint which prompt caused it
 * @param agentType the client's hint what its agent is
 * @param definition name of the agent with whose definition its system prompt begins; null where none was looked for
 * @param body what tells bodies apart; null where there is none
 * @param streamed whether the answer is asked for as a stream
 */
public record Asking(
        @Nullable String agentId,
        @Nullable String parentAgentId,
        Kind kind,
        @Nullable Conversation conversation,
        @Nullable String promptId,
        @Nullable String agentType,
        @Nullable String definition,
        @Nullable String body,
        boolean streamed) {

    /** Whether it is part of the conversation of its agent. */
    boolean isConversation() {
        return switch (kind) {
            case MAIN, SUBAGENT, COMPACTION -> true;
            case TITLE, COUNT_TOKENS, CLASSIFIER, OTHER -> false;
        };
    }
}
