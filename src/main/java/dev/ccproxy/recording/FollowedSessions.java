package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.MessageChain;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.InferredFrom;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.session.Histories;
import dev.ccproxy.session.SessionTrack;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions that are followed, and which of them a request goes on with. Safe for all threads. */
final class FollowedSessions {

    /** Of a history, about: two numbers and the id of a session, with its place in the map. */
    private static final long HISTORY_BYTES = 250;

    /** Of the histories of all clients together: who forks a session may use another version of the client. */
    private static final long ALL_CLIENTS = 0;

    private final Recall recall;
    private final Histories histories;

    /** Others are taken up again from the store. */
    private final RecentEntries<String, SessionTrack> tracks;

    /** Holds up to {@code mostBytes} of heap, about. */
    FollowedSessions(Recall recall, long mostBytes) {
        this.recall = recall;
        this.histories = new Histories(Math.clamp(mostBytes / 4 / HISTORY_BYTES, 16, Integer.MAX_VALUE));
        this.tracks = new RecentEntries<>(mostBytes / 4 * 3);
    }

    SessionTrack track(String session) {
        synchronized (tracks) {
            SessionTrack known = tracks.get(session);
            if (known != null) {
                return known;
            }
        }
        SessionTrack recalled = new SessionTrack(recall.remembered(session));
        synchronized (tracks) {
            SessionTrack before = tracks.get(session);
            if (before == null) {
                tracks.put(session, recalled, recalled.heapBytes());
            }
            return before == null ? recalled : before;
        }
    }

    /** It weighs more than before, or less. */
    void remember(String session, SessionTrack track) {
        synchronized (tracks) {
            if (tracks.get(session) == track) {
                tracks.put(session, track, track.heapBytes());
            }
        }
    }

    /**
     * The request with a session where neither its header nor its body names one: that of the request which it goes on
     * with, else a new one, called after the exchange.
     */
    Asked named(ExchangeId id, Asked asked) {
        Conversation conversation = asked.conversation();
        if (asked.sessionId() != null
                || asked.kind() != Kind.MAIN
                || conversation == null
                || conversation.messages().count() == 0) {
            return asked;
        }
        String session = before(asked.client(), conversation.messages())
                .map(Histories.Origin::session)
                .orElseGet(() -> "content-" + id);
        return asked.ofSession(session, InferredFrom.CONTENT);
    }

    /** The session from which one was forked whose first request this is; null where it has no history of another. */
    Histories.@Nullable Origin origin(String session, SessionTrack track, Asked asked) {
        Conversation conversation = asked.conversation();
        // With two messages, the prompt and what the client adds to it, nothing was answered before.
        if (!isOfMain(asked)
                || conversation == null
                || !track.isNew()
                || conversation.messages().count() < 3) {
            return null;
        }
        return before(scope(asked), conversation.messages())
                .filter(found -> !found.session().equals(session))
                .orElse(null);
    }

    private Optional<Histories.Origin> before(long scope, MessageChain messages) {
        return histories
                .before(scope, messages)
                .or(() -> messages.count() == 1 ? Optional.empty() : recall.sentBefore(scope, messages));
    }

    /** Takes down what a request sends; a number for it, null where it is no part of the main agent's conversation. */
    @Nullable
    Long sent(String session, Asked asked) {
        Conversation conversation = asked.conversation();
        if (!isOfMain(asked) || conversation == null || conversation.messages().count() == 0) {
            return null;
        }
        histories.sent(scope(asked), conversation.messages(), session);
        return Histories.print(scope(asked), conversation.messages());
    }

    /** A request was not answered. */
    void failed(Asked asked) {
        Conversation conversation = asked.conversation();
        if (conversation != null) {
            histories.failed(scope(asked), conversation.messages());
        }
    }

    private static boolean isOfMain(Asked asked) {
        return asked.agentId() == null && asked.kind() == Kind.MAIN;
    }

    private static long scope(Asked asked) {
        return asked.inferredFrom() == InferredFrom.CONTENT ? asked.client() : ALL_CLIENTS;
    }
}
