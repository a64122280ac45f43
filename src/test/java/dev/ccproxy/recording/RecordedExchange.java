package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.time.Instant;

/** Plays an exchange to a recorder, as the proxy would. */
final class RecordedExchange {

    static final Headers HEADERS = Headers.of(
            "Host",
            "localhost:3001",
            "x-claude-code-session-id",
            "11111111-2222-4333-8444-555555555555",
            "x-claude-code-agent-id",
            "a0123456789abcdef",
            "x-claude-code-parent-agent-id",
            "afedcba9876543210");

    private final Opened opened;
    private final ExchangeObserver observer;

    private RecordedExchange(Opened opened, ExchangeObserver observer) {
        this.opened = opened;
        this.observer = observer;
    }

    static RecordedExchange open(Recorder recorder) {
        return open(recorder, HEADERS);
    }

    static RecordedExchange open(Recorder recorder, Headers headers) {
        Instant at = Instant.now();
        Opened opened = new Opened(
                ExchangeId.next(at),
                at,
                System.nanoTime(),
                "POST",
                "/v1/messages?beta=true",
                "127.0.0.1",
                null,
                headers,
                "anthropic");
        return new RecordedExchange(opened, recorder.opened(opened));
    }

    ExchangeId id() {
        return opened.id();
    }

    RecordedExchange request(String... pieces) {
        for (String piece : pieces) {
            requestPiece(Bytes.utf8(piece));
        }
        return this;
    }

    RecordedExchange requestPiece(Bytes piece) {
        observer.on(new ExchangeEvent.RequestBytes(piece, System.nanoTime()));
        return this;
    }

    RecordedExchange requestEnded() {
        observer.on(new ExchangeEvent.RequestEnded(System.nanoTime()));
        return this;
    }

    RecordedExchange head(int status, String... headers) {
        observer.on(new ExchangeEvent.ResponseHead(status, Headers.of(headers), false, System.nanoTime()));
        return this;
    }

    RecordedExchange answer(String... pieces) {
        for (String piece : pieces) {
            answerPiece(Bytes.utf8(piece), 1);
        }
        return this;
    }

    /** A piece that came that many milliseconds after the exchange opened. */
    RecordedExchange answerPiece(Bytes piece, long millis) {
        observer.on(new ExchangeEvent.ResponseBytes(piece, opened.nanos() + millis * 1_000_000));
        return this;
    }

    ExchangeId ended(Outcome outcome, String detail) {
        observer.on(new ExchangeEvent.Ended(outcome, detail, System.nanoTime()));
        return opened.id();
    }

    ExchangeId completed() {
        return ended(Outcome.COMPLETED, "");
    }
}
