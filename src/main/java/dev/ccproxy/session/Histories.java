package dev.ccproxy.session;

import dev.ccproxy.anthropic.MessageChain;
import dev.ccproxy.recent.RecentMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which sessions sent which messages lately, so that a request is known again which goes on with them under no name or
 * another one. A scope keeps apart what must not be taken for each other, such as two clients. Bounded; safe for all threads.
 */
public final class Histories {

    /** A request has the messages of the one before it but for what came since: an answer and what was said to it. */
    private static final int MOST_NEW_MESSAGES = 64;

    /**
     * A session that sent a request.
     *
     * @param failed whether that was not answered
     */
    private record Sent(String session, boolean failed) {}

    /**
     * A session whose messages a request begins with.
     *
     * @param messages how many of them
     */
    public record Origin(String session, int messages) {}

    private final RecentMap<Long, Sent> sent;

    /** Knows as many requests as this. */
    public Histories(int most) {
        sent = new RecentMap<>(most);
    }

    /** A number for messages of that scope. */
    public static long print(long scope, MessageChain messages) {
        return mixed(scope, messages.digest());
    }

    /** Takes down what a session sent. */
    public synchronized void sent(long scope, MessageChain messages, String session) {
        sent.put(print(scope, messages), new Sent(session, false));
    }

    /** A request was not answered: the same may be sent again. */
    public synchronized void failed(long scope, MessageChain messages) {
        sent.computeIfPresent(print(scope, messages), (_, last) -> new Sent(last.session(), true));
    }

    /** The session whose request these messages go on with, or repeat where it was not answered. */
    public synchronized Optional<Origin> before(long scope, MessageChain messages) {
        List<Long> prints = prints(scope, messages);
        for (int i = 0; i < prints.size(); i++) {
            Sent found = sent.get(prints.get(i));
            // One message alone is what many conversations begin with.
            boolean anew = i == 0 && messages.count() == 1;
            if (found != null && (!anew || found.failed())) {
                return Optional.of(new Origin(found.session(), messages.count() - i));
            }
        }
        return Optional.empty();
    }

    /** Numbers for all of the messages, for all but the last one, and so on; as many as can matter. */
    public static List<Long> prints(long scope, MessageChain messages) {
        long[] digests = messages.digests();
        List<Long> prints = new ArrayList<>();
        for (int i = digests.length - 1; i >= 0 && prints.size() < MOST_NEW_MESSAGES; i--) {
            prints.add(mixed(scope, digests[i]));
        }
        return prints;
    }

    private static long mixed(long scope, long digest) {
        return digest + scope * 0x9E37_79B9_7F4A_7C15L;
    }
}
