package dev.ccproxy.transcript;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.storage.ExchangeNames;
import dev.ccproxy.storage.RecordedIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which answers of a session stand in the client's files, which were recorded on the wire, and which in both. Joined by the
 * upstream's {@code request-id}; where either side has none, by the message's id.
 *
 * @param both answers in the files with their exchange
 * @param onlyOnWire exchanges of the session of which the files say nothing
 * @param onlyInFiles answers of which no exchange is recorded
 */
public record ExchangeJoin(List<Pair> both, List<Lone> onlyOnWire, List<TranscriptAnswer> onlyInFiles) {

    /** More exchanges of one session are not looked at; their answers are looked up one by one. */
    private static final int MOST_EXCHANGES = 50_000;

    private static final int LOOKED_UP_AT_ONCE = 400;

    public ExchangeJoin {
        both = List.copyOf(both);
        onlyOnWire = List.copyOf(onlyOnWire);
        onlyInFiles = List.copyOf(onlyInFiles);
    }

    /** What told that both are the same. */
    public enum By {
        REQUEST_ID,
        MESSAGE_ID
    }

    /** Why the client's files say nothing of an exchange. */
    public enum Why {
        /** The client keeps no record of what it asks for itself: titles, token counts, classifiers, summaries. */
        AUXILIARY,
        /** It had no answer to keep: it failed, or was left or cancelled. */
        NO_ANSWER,
        /** It runs, or has just ended. */
        RUNNING,
        /** The client should have kept it. */
        UNEXPLAINED
    }

    /** An answer in the files and the exchange that brought it. */
    public record Pair(TranscriptAnswer answer, RecordedIds exchange, By by) {}

    /** An exchange without a record in the files. */
    public record Lone(RecordedIds exchange, Why why) {}

    /** Joins the files of a session to what is recorded. */
    public static ExchangeJoin of(SessionTranscript session, ExchangeNames names) {
        List<RecordedIds> exchanges = names.ofSession(session.file().session(), MOST_EXCHANGES);
        Index index = new Index();
        exchanges.forEach(index::add);
        List<TranscriptAnswer> strangers = session.answers().stream()
                .filter(answer -> index.pair(answer) == null)
                .toList();
        lookUp(strangers, names, index);
        List<Pair> both = new ArrayList<>();
        List<TranscriptAnswer> onlyInFiles = new ArrayList<>();
        Set<ExchangeId> met = new HashSet<>();
        for (TranscriptAnswer answer : session.answers()) {
            Pair pair = index.pair(answer);
            if (pair == null) {
                onlyInFiles.add(answer);
            } else {
                both.add(pair);
                met.add(pair.exchange().id());
            }
        }
        List<Lone> onlyOnWire = exchanges.stream()
                .filter(exchange -> !met.contains(exchange.id()))
                .map(exchange -> new Lone(exchange, why(exchange)))
                .toList();
        return new ExchangeJoin(both, onlyOnWire, onlyInFiles);
    }

    /** A forked or resumed session repeats answers that another session got. */
    private static void lookUp(List<TranscriptAnswer> answers, ExchangeNames names, Index index) {
        for (int from = 0; from < answers.size(); from += LOOKED_UP_AT_ONCE) {
            List<TranscriptAnswer> some = answers.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, answers.size()));
            List<String> requestIds = some.stream()
                    .map(TranscriptAnswer::requestId)
                    .filter(id -> id != null)
                    .toList();
            names.known(
                            requestIds,
                            some.stream().map(TranscriptAnswer::messageId).toList())
                    .forEach(index::add);
        }
    }

    private static Why why(RecordedIds exchange) {
        return switch (exchange.kind()) {
            case TITLE, COUNT_TOKENS, CLASSIFIER, COMPACTION, OTHER -> Why.AUXILIARY;
            case MAIN, SUBAGENT ->
                exchange.outcome() == Outcome.RUNNING
                        ? Why.RUNNING
                        : exchange.outcome() == Outcome.COMPLETED ? Why.UNEXPLAINED : Why.NO_ANSWER;
        };
    }

    /** Exchanges by their ids; of several with one id the first that was added counts. */
    private static final class Index {
        private final Map<String, RecordedIds> byRequest = new HashMap<>();
        private final Map<String, RecordedIds> byMessage = new HashMap<>();

        void add(RecordedIds exchange) {
            if (exchange.requestId() != null) {
                byRequest.putIfAbsent(exchange.requestId(), exchange);
            }
            if (exchange.messageId() != null) {
                byMessage.putIfAbsent(exchange.messageId(), exchange);
            }
        }

        @Nullable
        Pair pair(TranscriptAnswer answer) {
            RecordedIds same = answer.requestId() == null ? null : byRequest.get(answer.requestId());
            if (same != null) {
                return new Pair(answer, same, By.REQUEST_ID);
            }
            RecordedIds message = byMessage.get(answer.messageId());
            return message == null ? null : new Pair(answer, message, By.MESSAGE_ID);
        }
    }
}
