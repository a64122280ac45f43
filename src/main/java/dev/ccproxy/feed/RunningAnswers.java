package dev.ccproxy.feed;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeListener;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Headers;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The streamed answers of exchanges that run, as far as they have come: for viewers who watch one being written. Bounded
 * in bytes over all of them, with those that have ended and still have viewers; an answer for which there is no room (any
 * more) can be read when it has ended, as every other. Safe for all threads.
 */
public final class RunningAnswers implements ExchangeListener {

    private final Map<ExchangeId, RunningAnswer> answers = new ConcurrentHashMap<>();
    private final long maxBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    /** Holds nothing yet, and at most so many bytes later. */
    public RunningAnswers(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public ExchangeObserver opened(Opened opened) {
        RunningAnswer answer = new RunningAnswer();
        answers.put(opened.id(), answer);
        return event -> take(opened.id(), answer, event);
    }

    /** The answer of an exchange that runs, for a viewer who will {@link #leave} it: it is held until then. */
    public Optional<RunningAnswer> watch(ExchangeId id) {
        return Optional.ofNullable(answers.get(id)).filter(RunningAnswer::join);
    }

    /** Once for each {@link #watch} that found an answer. */
    public void leave(RunningAnswer answer) {
        heldBytes.addAndGet(-answer.leave());
    }

    private void take(ExchangeId id, RunningAnswer answer, ExchangeEvent event) {
        switch (event) {
            case ExchangeEvent.ResponseHead head -> answer.begin(head.headers(), isStream(head.headers()));
            case ExchangeEvent.ResponseBytes piece -> grow(answer, piece);
            case ExchangeEvent.Ended _ -> {
                answers.remove(id);
                heldBytes.addAndGet(-answer.end());
            }
            case ExchangeEvent.RequestBytes _ -> {}
            case ExchangeEvent.RequestEnded _ -> {}
            case ExchangeEvent.Rerouted _, ExchangeEvent.NotAnswered _, ExchangeEvent.NotCarried _ -> {}
            case ExchangeEvent.UpstreamHead _, ExchangeEvent.UpstreamBytes _ -> {}
        }
    }

    private void grow(RunningAnswer answer, ExchangeEvent.ResponseBytes piece) {
        int growth = answer.growthFor(piece.bytes().length());
        if (heldBytes.addAndGet(growth) <= maxBytes) {
            answer.add(piece.bytes());
        } else {
            heldBytes.addAndGet(-growth - answer.giveUp());
        }
    }

    private static boolean isStream(Headers headers) {
        return headers.first("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .isPresent();
    }
}
