package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.storage.ArrivalTimes;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** An exchange's line: while it runs, and when it has ended. */
final class Summaries {

    private static final int MOST_ERROR_CHARS = 200;
    private static final int MOST_METHOD_CHARS = 32;

    private Summaries() {}

    static ExchangeSummary asked(Opened opened, Asked asked, long requestBytes) {
        return new ExchangeSummary(
                opened.id(),
                opened.at().truncatedTo(ChronoUnit.MILLIS),
                Outcome.RUNNING,
                asked.kind(),
                ShortText.cut(opened.method(), MOST_METHOD_CHARS),
                ShortText.target(path(opened.target())),
                null,
                null,
                null,
                null,
                asked.model(),
                asked.sessionId(),
                asked.agentId(),
                asked.parentAgentId(),
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                requestBytes,
                0,
                null,
                Findings.NONE);
    }

    static ExchangeSummary ended(Opened opened, ExchangeSummary asked, CapturedEnd end, AnswerReading answer) {
        ExchangeEvent.ResponseHead head = end.head();
        return ended(
                asked,
                end,
                answer,
                new Spans(
                        head == null ? null : since(opened, head.nanos()),
                        since(opened, end.ended().nanos())));
    }

    /** How long things took from the request head; null where it is not known. */
    record Spans(@Nullable Duration toHead, @Nullable Duration toEnd) {}

    static ExchangeSummary ended(ExchangeSummary asked, CapturedEnd end, AnswerReading answer, Spans spans) {
        ExchangeEvent.ResponseHead head = end.head();
        Answered answered = answer.answered();
        Outcome outcome = outcome(end, answered);
        return new ExchangeSummary(
                asked.id(),
                asked.at(),
                outcome,
                asked.kind(),
                asked.method(),
                asked.path(),
                head == null ? null : head.status(),
                error(outcome, end, answered),
                answered.stopReason(),
                answered.model(),
                asked.requestedModel(),
                asked.sessionId(),
                asked.agentId(),
                asked.parentAgentId(),
                answered.tool(),
                answered.toolCount(),
                answered.preview(),
                answered.usage(),
                spans.toHead(),
                arrival(answer.arrivals(), answered.firstContentAt()),
                spans.toEnd(),
                asked.requestBytes(),
                end.body().wireLength(),
                end.rerouting() == null ? null : end.rerouting().route(),
                asked.findings());
    }

    /** The line of an exchange that is understood again: what was measured stays. */
    static ExchangeSummary again(ExchangeSummary known, Asked asked, Answered answered) {
        return new ExchangeSummary(
                known.id(),
                known.at(),
                known.outcome(),
                asked.kind(),
                known.method(),
                known.path(),
                known.status(),
                known.error(),
                answered.stopReason(),
                answered.model(),
                asked.model(),
                known.sessionId(),
                known.agentId(),
                known.parentAgentId(),
                answered.tool(),
                answered.toolCount(),
                answered.preview(),
                answered.usage(),
                known.timeToHead(),
                known.timeToFirstContent(),
                known.duration(),
                known.requestBytes(),
                known.responseBytes(),
                known.route(),
                Findings.NONE);
    }

    /** The proxy tells whether the answer passed whole; only its content tells whether it was an error. */
    private static Outcome outcome(CapturedEnd end, Answered answered) {
        Outcome outcome = end.ended().outcome();
        ExchangeEvent.ResponseHead head = end.head();
        boolean error = answered.error() != null || (head != null && head.status() >= 400);
        return outcome == Outcome.COMPLETED && error ? Outcome.UPSTREAM_ERROR : outcome;
    }

    private static @Nullable String error(Outcome outcome, CapturedEnd end, Answered answered) {
        String said = answered.error();
        if (said == null
                && outcome != Outcome.COMPLETED
                && !end.ended().detail().isEmpty()) {
            said = end.ended().detail();
        }
        return said == null ? null : ShortText.cut(said, MOST_ERROR_CHARS);
    }

    private static @Nullable Duration arrival(ArrivalTimes arrivals, long offset) {
        for (int i = 0; offset >= 0 && i < arrivals.size(); i++) {
            if (arrivals.end(i) > offset) {
                return Duration.of(arrivals.micros(i), ChronoUnit.MICROS);
            }
        }
        return null;
    }

    private static Duration since(Opened opened, long nanos) {
        return Duration.of((nanos - opened.nanos()) / 1_000, ChronoUnit.MICROS);
    }

    static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
