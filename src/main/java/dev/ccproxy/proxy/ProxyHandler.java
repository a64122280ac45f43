package dev.ccproxy.proxy;

import dev.ccproxy.config.ServerSettings;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeListener;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Headers;
import dev.ccproxy.upstream.Upstream;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Where every request under {@code /v1} comes in: opens its exchange and sends it on its way. For one event loop. */
public final class ProxyHandler implements Handler<HttpServerRequest> {

    private final Vertx vertx;
    private final ServerSettings settings;
    private final Upstream upstream;
    private final List<ExchangeListener> listeners;
    private final InFlight inFlight;
    private final BooleanSupplier refusing;
    private final Clock clock;

    /** @param refusing whether draining has outlasted its grace, so that new requests get 503 */
    @SuppressWarnings("MissingSummary")
    public ProxyHandler(
            Vertx vertx,
            ServerSettings settings,
            Upstream upstream,
            List<ExchangeListener> listeners,
            InFlight inFlight,
            BooleanSupplier refusing,
            Clock clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.upstream = upstream;
        this.listeners = List.copyOf(listeners);
        this.inFlight = inFlight;
        this.refusing = refusing;
        this.clock = clock;
    }

    @Override
    public void handle(HttpServerRequest clientRequest) {
        Headers headers = ForwardedHeaders.read(clientRequest.headers());
        Opened opened = new Opened(
                ExchangeId.next(clock.instant()),
                clock.instant(),
                System.nanoTime(),
                clientRequest.method().name(),
                clientRequest.uri(),
                clientRequest.remoteAddress().host(),
                headers,
                upstream.provider().name());
        var exchange = new RunningExchange(
                vertx, settings, upstream, inFlight, opened, Observers.open(listeners, opened), clientRequest);
        if (headers.contains("upgrade")) {
            exchange.answer(OwnAnswer.upgrade());
        } else if (refusing.getAsBoolean()) {
            exchange.answer(OwnAnswer.draining());
        } else {
            exchange.run();
        }
    }
}
