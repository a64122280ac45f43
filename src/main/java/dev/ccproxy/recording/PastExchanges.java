package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.http.Room;
import dev.ccproxy.recording.PastExchange.PastAnswer;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.StoreEvent;
import org.jspecify.annotations.Nullable;

/** Writes exchanges that another program recorded, understood in the same way as those that pass. Safe for all threads. */
public final class PastExchanges {

    private final ExchangeWriter writer;
    private final Redaction redaction;
    private final Derivation derivation;

    public PastExchanges(ExchangeWriter writer, Redaction redaction, Derivation derivation) {
        this.writer = writer;
        this.derivation = derivation;
        this.redaction = redaction;
    }

    /** Hands the whole exchange to the store. */
    public void write(PastExchange past) {
        Asked said = said(past);
        writer.write(new StoreEvent.Begun(
                asked(past, said),
                ShortText.target(redaction.target(past.target())),
                "",
                null,
                redaction.headers(past.headers())));
        complete(past, said);
    }

    /** Hands over request and answer of an exchange whose beginning is in the store already. */
    public void complete(PastExchange past) {
        complete(past, said(past));
    }

    private void complete(PastExchange past, Asked said) {
        ExchangeSummary plain = asked(past, said);
        Bytes sha256 = Sha256.of(past.body());
        String attemptGroup =
                past.body().isEmpty() ? null : AttemptGroup.of(plain.sessionId(), plain.agentId(), sha256);
        long length = past.body().length();
        Derivation.AskedFindings found = derivation.asked(plain, said, attemptGroup);
        ExchangeSummary begun = plain.with(found.findings());
        writer.write(new StoreEvent.Request(
                begun,
                found.group(),
                new BodyFacts(length, sha256, null, BodyFacts.State.EXACT, length),
                past.body(),
                found.news()));
        writer.write(ended(past, begun, said, attemptGroup));
    }

    private StoreEvent.Ended ended(PastExchange past, ExchangeSummary begun, Asked said, @Nullable String body) {
        PastAnswer answer = past.answer();
        Bytes content = answer == null ? Bytes.EMPTY : answer.body();
        Headers headers = answer == null ? Headers.EMPTY : answer.headers();
        AnswerReading reading = AnswerReading.read(
                content, Sha256.of(content), withoutEncoding(headers), ArrivalTimes.NONE, 0, Room.NONE);
        CapturedEnd end = new CapturedEnd(
                new ExchangeEvent.Ended(past.outcome(), past.detail(), 0),
                answer == null ? null : new ExchangeEvent.ResponseHead(answer.status(), headers, false, 0),
                new CapturedBody(Lump.uncharged(content), content.length(), CapturedBody.Extent.WHOLE),
                ArrivalTimes.NONE,
                null);
        ExchangeSummary ended = Summaries.ended(
                begun, end, reading, new Summaries.Spans(null, answer == null ? null : answer.duration()));
        Derivation.EndedFindings found = derivation.ended(ended, said, body, reading.answered());
        return new StoreEvent.Ended(
                ended.with(found.findings()),
                past.detail(),
                answer == null ? null : redaction.headers(headers),
                ShortText.identifier(headers.first("request-id").orElse(null)),
                reading.answered().messageId(),
                reading.facts(),
                reading.content(),
                ArrivalTimes.NONE,
                found.news());
    }

    private Asked said(PastExchange past) {
        Asked said = derivation.named(past.id(), derivation.read(opened(past), past.body(), Room.NONE));
        String model = past.requestedModel();
        return model == null ? said : said.withModel(model);
    }

    private static ExchangeSummary asked(PastExchange past, Asked said) {
        return Summaries.asked(opened(past), said, past.body().length());
    }

    private static Opened opened(PastExchange past) {
        return new Opened(
                past.id(), past.at(), 0, past.method(), past.target(), "", null, withoutEncoding(past.headers()), "");
    }

    private static Headers withoutEncoding(Headers headers) {
        return new Headers(headers.lines().stream()
                .filter(line -> !line.is("content-encoding"))
                .toList());
    }
}
