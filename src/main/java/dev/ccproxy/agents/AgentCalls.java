package dev.ccproxy.agents;

import dev.ccproxy.anthropic.Fingerprint;
import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeListener;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which agents were called lately, and with what prompt: what an agent's first request is compared with when no file tells
 * who it is. Holds the latest answers of each session as they pass, and reads them only when somebody asks, so that they
 * cost the data path a reference each. Bounded in bytes; the oldest answers go first. Safe for all threads.
 *
 * <p>What a call says is read as sessions read it ({@link ToolCall.Errand}); who it started is not, because a request has to
 * be routed before the recorder, off the data path, has followed its session to there.
 */
public final class AgentCalls implements ExchangeListener {

    private static final int MOST_OF_A_SESSION = 16;

    private final long mostBytes;
    private final Map<String, Deque<CallingAnswer>> sessions = new LinkedHashMap<>(16, 0.75f, true);
    private long heldBytes;

    /** Holds answers of up to {@code mostBytes} together. */
    public AgentCalls(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public ExchangeObserver opened(Opened opened) {
        Optional<String> session = opened.headers().first("x-claude-code-session-id");
        if (session.isEmpty() || !opened.target().startsWith("/v1/messages")) {
            return event -> {};
        }
        CallingAnswer answer = new CallingAnswer();
        return event -> observe(event, session.get(), answer);
    }

    private void observe(ExchangeEvent event, String session, CallingAnswer answer) {
        if (event instanceof ExchangeEvent.ResponseHead head && head.status() < 300) {
            answer.head(head.headers());
            add(session, answer);
        } else if (event instanceof ExchangeEvent.ResponseBytes piece) {
            keep(answer, piece.bytes());
        }
    }

    private synchronized void add(String session, CallingAnswer answer) {
        Deque<CallingAnswer> answers = sessions.computeIfAbsent(session, _ -> new ArrayDeque<>());
        answers.addFirst(answer);
        if (answers.size() > MOST_OF_A_SESSION) {
            heldBytes -= answers.removeLast().drop();
        }
    }

    private synchronized void keep(CallingAnswer answer, Bytes piece) {
        heldBytes += answer.add(piece);
        Iterator<Deque<CallingAnswer>> eldest = sessions.values().iterator();
        while (heldBytes > mostBytes && eldest.hasNext()) {
            Deque<CallingAnswer> answers = eldest.next();
            while (heldBytes > mostBytes && !answers.isEmpty()) {
                heldBytes -= answers.removeLast().drop();
            }
            if (answers.isEmpty()) {
                eldest.remove();
            }
        }
    }

    /**
     * The type of the agent that was called in this session with a prompt that is one of these texts; the latest call
     * decides.
     */
    Optional<String> calledWith(String session, List<String> texts) {
        List<Long> prompts = texts.stream()
                .filter(text -> !text.isBlank())
                .map(Fingerprint::of)
                .toList();
        for (CallingAnswer answer : answersOf(session)) {
            for (ToolCall.Errand errand : answer.errands()) {
                if (prompts.contains(errand.prompt())) {
                    return Optional.of(errand.agent());
                }
            }
        }
        return Optional.empty();
    }

    private synchronized List<CallingAnswer> answersOf(String session) {
        return new ArrayList<>(sessions.getOrDefault(session, new ArrayDeque<>()));
    }
}
