package dev.ccproxy.session;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.MessageChain;
import dev.ccproxy.exchange.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One agent of a session while it is followed. For one thread at a time. */
final class AgentThread {

    private final Map<Kind, Attempts> attempts = new EnumMap<>(Kind.class);

    /** Null while not known. */
    @Nullable
    AgentName name;

    /** Fingerprints of what it was asked first; empty while not known. */
    List<Long> opening = List.of();

    @Nullable
    String parentAgentId;

    /** Of its latest exchange; 0 where none is known. */
    int turn;

    private @Nullable MessageChain messages;

    /** Errands do not come between the attempts at a turn of the conversation. */
    Attempts attempts(Kind kind) {
        Kind kept = switch (kind) {
            case MAIN, SUBAGENT, COMPACTION -> Kind.MAIN;
            case TITLE, COUNT_TOKENS, CLASSIFIER, OTHER -> kind;
        };
        return attempts.computeIfAbsent(kept, _ -> new Attempts());
    }

    /** Heap bytes, about. */
    long heapBytes() {
        return 800 + 24L * opening.size() + (messages == null ? 0 : messages.heapBytes());
    }

    /** Whether another name would be news. */
    boolean takes(AgentName other) {
        return name == null || (other.source().compareTo(name.source()) >= 0 && !other.equals(name));
    }

    /**
     * Index of the first message that is another than in the request before; null where that only goes on. The last message
     * of a request may lose what the client had added to it for once.
     */
    @Nullable
    Integer divergedAt(Conversation conversation) {
        MessageChain now = conversation.messages();
        MessageChain before = messages;
        messages = now;
        if (before == null || before.count() == 0) {
            return null;
        }
        int common = before.common(now);
        boolean goesOn = common == before.count() || (common == before.count() - 1 && now.count() > before.count());
        return goesOn ? null : common;
    }
}
