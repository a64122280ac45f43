package dev.ccproxy.proxy;

import dev.ccproxy.auth.Caller;
import dev.ccproxy.auth.Identity;
import dev.ccproxy.auth.ProxyGate;
import dev.ccproxy.auth.ProxyGate.Admission;
import dev.ccproxy.config.ServerSettings;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeListener;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.ErrorEnvelope;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where every request under {@code /v1} comes in: opens its exchange and sends it on its way. For one event loop. */
public final class ProxyHandler implements Handler<HttpServerRequest> {

    private final Vertx vertx;
    private final ServerSettings settings;
    private final ProxyGate gate;
    private final RoutingDesk desk;
    private final Providers providers;
    private final List<ExchangeListener> listeners;
    private final InFlight inFlight;
    private final Room memory;
    private final BooleanSupplier refusing;
    private final Clock clock;

    /** @param refusing whether draining has outlasted its grace, so that new requests get 503 */
    @SuppressWarnings("MissingSummary")
    public ProxyHandler(
            Vertx vertx,
            ServerSettings settings,
            ProxyGate gate,
            RoutingDesk desk,
            Providers providers,
            List<ExchangeListener> listeners,
            InFlight inFlight,
            Room memory,
            BooleanSupplier refusing,
            Clock clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.gate = gate;
        this.desk = desk;
        this.providers = providers;
        this.listeners = List.copyOf(listeners);
        this.inFlight = inFlight;
        this.memory = memory;
        this.refusing = refusing;
        this.clock = clock;
    }

    @Override
    public void handle(HttpServerRequest clientRequest) {
        Headers headers = ForwardedHeaders.read(clientRequest.headers());
        switch (gate.admit(clientRequest.remoteAddress().host(), headers)) {
            case Admission.Admitted(Caller caller, Identity identity, Headers rest) ->
                serve(open(clientRequest, caller, identity.recordedName(), rest), rest);
            case Admission.Refused(Caller caller, Headers rest, boolean known, Duration wait) ->
                open(clientRequest, caller, Optional.empty(), rest)
                        .answerAfter(wait, known ? OwnAnswer.roleTooSmall() : OwnAnswer.tokenNeeded());
            case Admission.Banished(Duration retryAfter) -> banish(clientRequest, retryAfter);
        }
    }

    private RunningExchange open(
            HttpServerRequest clientRequest, Caller caller, Optional<String> tokenName, Headers headers) {
        Opened opened = new Opened(
                ExchangeId.next(clock.instant()),
                clock.instant(),
                System.nanoTime(),
                clientRequest.method().name(),
                clientRequest.uri(),
                caller.address(),
                tokenName.orElse(null),
                headers,
                providers.usual().provider().name());
        return new RunningExchange(
                vertx,
                settings,
                desk,
                providers,
                inFlight,
                memory,
                opened,
                Observers.open(listeners, opened),
                clientRequest);
    }

    private void serve(RunningExchange exchange, Headers headers) {
        if (headers.contains("upgrade")) {
            exchange.answer(OwnAnswer.upgrade());
        } else if (refusing.getAsBoolean()) {
            exchange.answer(OwnAnswer.draining());
        } else {
            exchange.run();
        }
    }

    /** Nothing of it is recorded: otherwise whoever has no token could fill the store. */
    private static void banish(HttpServerRequest clientRequest, Duration retryAfter) {
        byte[] body = ErrorEnvelope.bytes(
                "rate_limit_error", "too many wrong tokens came from this address; wait for retry-after");
        clientRequest
                .response()
                .setStatusCode(429)
                .putHeader("content-type", "application/json")
                .putHeader("retry-after", Long.toString(retryAfter.toSeconds() + 1))
                .putHeader("connection", "close")
                .end(Buffer.buffer(body))
                .onComplete(written -> clientRequest.connection().close());
    }
}
