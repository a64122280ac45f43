package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.recording.PastExchange.PastAnswer;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.StoreEvent;
import java.util.List;

/** Writes exchanges that another program recorded, understood in the same way as those that pass. Safe for all threads. */
public final class PastExchanges {

    private final ExchangeWriter writer;
    private final Redaction redaction;

    public PastExchanges(ExchangeWriter writer, Redaction redaction) {
        this.writer = writer;
        this.redaction = redaction;
    }

    /** Hands the whole exchange to the store. */
    public void write(PastExchange past) {
        ExchangeSummary asked = asked(past);
        writer.write(new StoreEvent.Begun(
                asked, redaction.target(past.target()), "", null, redaction.headers(past.headers())));
        complete(past, asked);
    }

    /** Hands over request and answer of an exchange whose beginning is in the store already. */
    public void complete(PastExchange past) {
        complete(past, asked(past));
    }

    private void complete(PastExchange past, ExchangeSummary begun) {
        Bytes sha256 = Sha256.of(past.body());
        String attemptGroup =
                past.body().isEmpty() ? null : AttemptGroup.of(begun.sessionId(), begun.agentId(), sha256);
        long length = past.body().length();
        writer.write(new StoreEvent.Request(
                begun, attemptGroup, new BodyFacts(length, sha256, null, BodyFacts.State.EXACT, length), past.body()));
        writer.write(ended(past, begun));
    }

    private StoreEvent.Ended ended(PastExchange past, ExchangeSummary begun) {
        PastAnswer answer = past.answer();
        Bytes body = answer == null ? Bytes.EMPTY : answer.body();
        Headers headers = answer == null ? Headers.EMPTY : answer.headers();
        AnswerReading reading = AnswerReading.read(body, Sha256.of(body), withoutEncoding(headers), ArrivalTimes.NONE);
        CapturedEnd end = new CapturedEnd(
                new ExchangeEvent.Ended(past.outcome(), past.detail(), 0),
                answer == null ? null : new ExchangeEvent.ResponseHead(answer.status(), headers, false, 0),
                new CapturedBody(new BodyTap.Lump(List.of(body), 0), body.length(), CapturedBody.Extent.WHOLE),
                ArrivalTimes.NONE);
        return new StoreEvent.Ended(
                Summaries.ended(
                        begun, end, reading, new Summaries.Spans(null, answer == null ? null : answer.duration())),
                past.detail(),
                answer == null ? null : redaction.headers(headers),
                headers.first("request-id").orElse(null),
                reading.answered().messageId(),
                reading.facts(),
                reading.content(),
                ArrivalTimes.NONE);
    }

    private static ExchangeSummary asked(PastExchange past) {
        Opened opened = new Opened(
                past.id(), past.at(), 0, past.method(), past.target(), "", null, withoutEncoding(past.headers()), "");
        Asked said = RequestReading.read(opened, past.body());
        String model = past.requestedModel();
        Asked asked = model == null ? said : said.withModel(model);
        return Summaries.asked(opened, asked, past.body().length());
    }

    private static Headers withoutEncoding(Headers headers) {
        return new Headers(headers.lines().stream()
                .filter(line -> !line.is("content-encoding"))
                .toList());
    }
}
