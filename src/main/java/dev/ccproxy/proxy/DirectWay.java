package dev.ccproxy.proxy;

import dev.ccproxy.anthropic.Demotion;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import dev.ccproxy.upstream.Upstream;
import dev.ccproxy.upstream.UpstreamFailure;
import dev.ccproxy.upstream.UpstreamFailures;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The usual way: to the provider that requests go to anyway, with the client's own bytes. One that reached nobody, or met
 * one of the configured statuses, is tried again as often as {@link Attempts} allows. On the exchange's event loop.
 */
final class DirectWay implements Way, UpstreamCall.Hearer {

    private static final Logger LOG = LoggerFactory.getLogger(DirectWay.class);

    private final Vertx vertx;
    private final Upstream upstream;
    private final Room memory;
    private final RunningExchange exchange;
    private final RunningExchange.Parts parts;
    private final Attempts attempts;
    private final boolean demotable;
    private @Nullable FoldedRelay folding;

    DirectWay(Vertx vertx, Upstream upstream, Room memory, RunningExchange exchange, RunningExchange.Parts parts) {
        this.vertx = vertx;
        this.upstream = upstream;
        this.memory = memory;
        this.exchange = exchange;
        this.parts = parts;
        this.demotable = isDemotable(upstream.provider(), parts.opened());
        this.attempts =
                new Attempts(upstream.provider().retries(), InstantSource.system(), ThreadLocalRandom.current());
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
                parts.notes().add("sent on with stream set to true (demote_nonstreaming)");
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
        if (parts.upload().repeatable() && parts.relay().untouched()) {
            Optional<Duration> pause = attempts.afterAnswer(response.statusCode(), headers);
            if (pause.isPresent()) {
                parts.call().giveUp();
                tryAgain(refusal(response), pause.get());
                return;
            }
        }
        if (parts.upload().changedLength() != null && Demotion.isStream(response.statusCode(), headers)) {
            response.exceptionHandler(broken);
            folding = new FoldedRelay(vertx, headers, memory, parts.relay(), parts.notes());
            folding.from(response, exchange::relayed, this::unusable);
        } else {
            parts.relay().from(response, headers, exchange::relayed, broken);
        }
    }

    private static String refusal(HttpClientResponse response) {
        String requestId = response.getHeader("request-id");
        return "status " + response.statusCode() + (requestId == null ? "" : ", request-id " + requestId);
    }

    private void unusable(String why) {
        exchange.upstreamFailed(
                new UpstreamFailure.Broke("the stream of upstream " + provider().name() + " cannot be folded: " + why));
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
        Optional<Duration> pause = attempts.afterNoConnection();
        if (pause.isEmpty()) {
            exchange.upstreamFailed(failure);
        } else {
            parts.upload().hold();
            parts.call().forget();
            tryAgain(failure.message(), pause.get());
        }
    }

    private void tryAgain(String why, Duration pause) {
        parts.notes()
                .add("try " + attempts.failed() + " failed (" + why + "), again after " + pause.toMillis() + " ms");
        LOG.info(
                "retry exchangeId={} failed={} pauseMs={} why=\"{}\"",
                parts.opened().id(),
                attempts.failed(),
                pause.toMillis(),
                why);
        vertx.setTimer(Math.max(1, pause.toMillis()), timer -> connect());
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
