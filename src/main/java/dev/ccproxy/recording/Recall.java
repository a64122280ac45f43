package dev.ccproxy.recording;

import dev.ccproxy.anthropic.MessageChain;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.session.Histories;
import dev.ccproxy.session.SessionMemory;
import dev.ccproxy.storage.ExchangeReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the store knows of sessions that are not remembered. */
public interface Recall {
    /** The last exchange of that agent (null for the main one) that reported usage. */
    Optional<ExchangeSummary> lastAnswered(String session, @Nullable String agent);

    /** What is known of a session. */
    SessionMemory remembered(String session);

    /** The session whose latest request, of that scope, had all of these messages but some of the last. */
    Optional<Histories.Origin> sentBefore(long scope, MessageChain messages);

    /** What a store knows that is worked out anew: nothing of the exchanges themselves, which are still to come. */
    static Recall fromTheStart(ExchangeReader reader) {
        return new Recall() {
            @Override
            public Optional<ExchangeSummary> lastAnswered(String session, @Nullable String agent) {
                return Optional.empty();
            }

            @Override
            public SessionMemory remembered(String session) {
                return reader.remembered(session);
            }

            @Override
            public Optional<Histories.Origin> sentBefore(long scope, MessageChain messages) {
                return reader.sentBefore(Histories.prints(scope, messages), messages.count());
            }
        };
    }

    /** What a store knows. */
    static Recall of(ExchangeReader reader) {
        return new Recall() {
            @Override
            public Optional<ExchangeSummary> lastAnswered(String session, @Nullable String agent) {
                return reader.lastAnswered(session, agent);
            }

            @Override
            public SessionMemory remembered(String session) {
                return reader.remembered(session);
            }

            @Override
            public Optional<Histories.Origin> sentBefore(long scope, MessageChain messages) {
                return reader.sentBefore(Histories.prints(scope, messages), messages.count());
            }
        };
    }
}
