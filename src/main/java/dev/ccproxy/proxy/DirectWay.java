package dev.ccproxy.proxy;

import dev.ccproxy.anthropic.Demotion;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.upstream.Upstream;
import dev.ccproxy.upstream.UpstreamFailure;
import dev.ccproxy.upstream.UpstreamFailures;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * The usual way: to the provider that requests go to anyway, with the client's own bytes. One that reached nobody, or met
 * one of the configured statuses, is tried again as often as {@link Repetition} allows. On the exchange's event loop.
 */
final class DirectWay implements Way, UpstreamCall.Hearer {

    private final Vertx vertx;
    private final Upstream upstream;
    private final RunningExchange exchange;
    private final RunningExchange.Parts parts;
    private final Repetition repetition;
    private final boolean demotable;
    private @Nullable FoldedRelay folding;

    DirectWay(Vertx vertx, Upstream upstream, RunningExchange exchange, RunningExchange.Parts parts) {
        this.vertx = vertx;
        this.upstream = upstream;
        this.exchange = exchange;
        this.parts = parts;
        this.demotable = isDemotable(upstream.provider(), parts.opened());
        this.repetition = new Repetition(upstream.provider(), parts);
    }

    /** Whether such a request may have to be changed, and so its body be read whole first. */
    static boolean isDemotable(ProviderSettings provider, Opened opened) {
        return provider.demoteNonstreaming() && Demotion.mayConcern(opened.method(), opened.target(), opened.headers());
    }

    void begin() {
        if (demotable) {
            parts.upload().gather(this::begin, this::connect, exchange::tooLarge);
        } else {
            connect();
        }
    }

    /** The same with a body that is here already. Reading JSON takes its time with long ones, and event loops have none. */
    void begin(Bytes body) {
        if (!demotable) {
            connect();
            return;
        }
        vertx.executeBlocking(() -> Demotion.rewritten(body), false).onComplete(rewritten -> {
            if (rewritten.succeeded() && rewritten.result().isPresent()) {
                parts.upload().replace(rewritten.result().get());
                parts.notes().add(FoldedRelay.NOTE);
            }
            connect();
        });
    }

    /** Waits for nothing but a connection, whatever has come of the body. */
    void connect() {
        if (!exchange.isOver()) {
            parts.call().make(upstream, parts.upload().method(), parts.opened().target(), this);
        }
    }

    @Override
    public void connected(HttpClientRequest request) {
        request.earlyHintsHandler(parts.relay()::earlyHints);
        ForwardedHeaders.request(
                parts.opened().headers(),
                upstream.authority(),
                provider().version(),
                parts.upload().changedLength(),
                request.headers());
        provider().credential().key().ifPresent(key -> ForwardedHeaders.ownKey(key, request.headers()));
        parts.upload().to(request, this::uploaded, exchange::tooLarge);
    }

    private void uploaded() {
        if (!provider().retries().repeatBodies()) {
            parts.upload().release();
        }
        exchange.sent();
    }

    @Override
    public void head(HttpClientResponse response, Handler<Throwable> broken) {
        Headers headers = ForwardedHeaders.read(response.headers());
        if (parts.upload().repeatable()
                && parts.relay().untouched()
                && repetition.afterAnswer(response.statusCode(), headers, this::connect)) {
            parts.call().giveUp();
            return;
        }
        if (parts.upload().changedLength() != null && Demotion.isStream(response.statusCode(), headers)) {
            response.exceptionHandler(broken);
            folding = new FoldedRelay(parts, headers, piece -> {});
            folding.from(response, exchange::relayed, this::unusable);
        } else {
            parts.relay().from(response, headers, exchange::relayed, broken);
        }
    }

    private void unusable(String why) {
        exchange.upstreamFailed(FoldedRelay.failure(provider(), why));
    }

    @Override
    public void notConnected(Throwable cause) {
        notReached(UpstreamFailures.connecting(provider(), cause));
    }

    @Override
    public void broke(Throwable cause) {
        UpstreamFailure failure = UpstreamFailures.exchanging(provider(), cause);
        if (parts.upload().given() || !parts.relay().untouched()) {
            exchange.upstreamFailed(failure);
        } else {
            notReached(failure);
        }
    }

    /** The model cannot have worked, so trying again cannot make it work twice. */
    private void notReached(UpstreamFailure failure) {
        if (repetition.afterNoConnection(failure.message(), this::connect)) {
            parts.upload().hold();
            parts.call().forget();
        } else {
            exchange.upstreamFailed(failure);
        }
    }

    @Override
    public ProviderSettings provider() {
        return upstream.provider();
    }

    /** There is nobody else. */
    @Override
    public boolean goesOnAfter(UpstreamFailure failure) {
        return false;
    }

    @Override
    public long silentNanos(long nowNanos) {
        return folding == null ? parts.relay().silentNanos(nowNanos) : folding.silentNanos(nowNanos);
    }

    @Override
    public void end() {
        if (folding != null) {
            folding.release();
        }
    }
}
