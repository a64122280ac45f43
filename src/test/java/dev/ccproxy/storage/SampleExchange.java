package dev.ccproxy.storage;

import dev.ccproxy.exchange.AttemptReason;
import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheReading;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Labels;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Place;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.exchange.Waste;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.session.SessionNews;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** An exchange for tests: its three store events, with every field set. */
public final class SampleExchange {

    public static final Headers REQUEST_HEADERS =
            Headers.of("Host", "localhost:3001", "X-App", "cli", "accept", "a", "accept", "b", "x-empty", "");
    public static final Headers RESPONSE_HEADERS =
            Headers.of("Content-Type", "text/event-stream", "request-id", "req_1");
    public static final ArrivalTimes ARRIVALS =
            ArrivalTimes.of(new long[] {3, 700, 701}, new long[] {10, 5_000, 5_000});

    /** What is worked out of every one that has ended. */
    public static final Findings FINDINGS = new Findings(
            new Charge(12_345_678, Certainty.EXACT),
            new CacheReading(CacheResult.BREAK, CacheCause.TOOLS_CHANGED, 50_000, 4_000_000, 3_000_000),
            Waste.ABANDONED,
            new Place(3, 2, AttemptReason.RETRY, 7),
            Labels.NONE);

    private final Instant at;
    private final ExchangeId id;
    private final String model;
    private final String session;

    public SampleExchange(Instant at, String model) {
        this(at, model, "11111111-2222-3333-4444-555555555555");
    }

    public SampleExchange(Instant at, String model, String session) {
        this.at = at.truncatedTo(ChronoUnit.MILLIS);
        this.id = ExchangeId.next(at);
        this.model = model;
        this.session = session;
    }

    public static SampleExchange now() {
        return new SampleExchange(Instant.now(), "claude-opus-5-5");
    }

    public ExchangeId id() {
        return id;
    }

    public StoreEvent.Begun begun() {
        return new StoreEvent.Begun(
                summary(Outcome.RUNNING, null, null), "/v1/messages?beta=true", "127.0.0.1", "alice", REQUEST_HEADERS);
    }

    public StoreEvent.Request request(Bytes body) {
        return new StoreEvent.Request(
                summary(Outcome.RUNNING, model, null), "00112233445566aa", exact(body), body, SessionNews.NONE);
    }

    public StoreEvent.Ended ended(Bytes answer) {
        return ended(exact(answer), answer);
    }

    public StoreEvent.Ended ended(BodyFacts facts, Bytes answer) {
        return new StoreEvent.Ended(
                summary(Outcome.COMPLETED, model, 200),
                "a detail",
                RESPONSE_HEADERS,
                "req_1",
                "msg_1",
                facts,
                answer,
                ARRIVALS,
                SessionNews.NONE);
    }

    /** The same line as of a client that names neither session nor agent. */
    public static ExchangeSummary withoutSession(ExchangeSummary summary) {
        return new ExchangeSummary(
                summary.id(),
                summary.at(),
                summary.outcome(),
                summary.kind(),
                summary.method(),
                summary.path(),
                summary.status(),
                summary.error(),
                summary.stopReason(),
                summary.model(),
                summary.requestedModel(),
                null,
                null,
                null,
                summary.tool(),
                summary.toolCount(),
                summary.preview(),
                summary.usage(),
                summary.timeToHead(),
                summary.timeToFirstContent(),
                summary.duration(),
                summary.requestBytes(),
                summary.responseBytes(),
                summary.route(),
                summary.findings());
    }

    public void writeAll(ExchangeWriter writer, Bytes request, Bytes answer) {
        writer.write(begun());
        writer.write(request(request));
        writer.write(ended(answer));
    }

    public static BodyFacts exact(Bytes body) {
        return new BodyFacts(body.length(), Sha256.of(body), null, BodyFacts.State.EXACT, body.length());
    }

    private ExchangeSummary summary(Outcome outcome, @Nullable String requestedModel, @Nullable Integer status) {
        boolean ended = outcome != Outcome.RUNNING;
        return new ExchangeSummary(
                id,
                at,
                outcome,
                requestedModel == null ? Kind.OTHER : Kind.MAIN,
                "POST",
                "/v1/messages",
                status,
                ended ? "an error" : null,
                ended ? "tool_use" : null,
                ended ? model : null,
                requestedModel,
                session,
                "a0123456789abcdef",
                "afedcba9876543210",
                ended ? "Bash" : null,
                ended ? 2 : 0,
                ended ? "ls -l" : null,
                ended ? new Usage(1, 2, 3, 4, 5) : null,
                ended ? Duration.of(1_234, ChronoUnit.MICROS) : null,
                ended ? Duration.of(5_678, ChronoUnit.MICROS) : null,
                ended ? Duration.ofSeconds(3) : null,
                10,
                ended ? 700 : 0,
                null,
                ended ? FINDINGS : Findings.NONE);
    }
}
