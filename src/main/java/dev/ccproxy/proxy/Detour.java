package dev.ccproxy.proxy;

import dev.ccproxy.anthropic.Demotion;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.FailedAttempt;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.http.Headers;
import dev.ccproxy.upstream.CircuitBreaker;
import dev.ccproxy.upstream.Upstream;
import dev.ccproxy.upstream.UpstreamFailure;
import dev.ccproxy.upstream.UpstreamFailures;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request to those that a rule names: one after the other, until one answers. On the exchange's event loop,
 * but for what is prepared elsewhere.
 */
final class Detour implements Way, UpstreamCall.Hearer {

    private static final Logger LOG = LoggerFactory.getLogger(Detour.class);

    private final Iterator<Attempt> attempts;
    private final Providers providers;
    private final RunningExchange exchange;
    private final RunningExchange.Parts parts;
    private Attempt attempt;
    private Attempt.@Nullable Prepared prepared;
    private @Nullable TranslatedAnswer answer;
    private @Nullable FoldedRelay folding;
    private Repetition repetition;
    private boolean reported;

    /** @param attempts never empty */
    @SuppressWarnings("MissingSummary")
    Detour(List<Attempt> attempts, Providers providers, RunningExchange exchange, RunningExchange.Parts parts) {
        this.attempts = attempts.iterator();
        this.providers = providers;
        this.exchange = exchange;
        this.parts = parts;
        this.attempt = next();
        this.repetition = new Repetition(provider(), parts);
    }

    /** Does some work on a thread of its own and goes on with its result on the loop; a bug gives {@code otherwise}. */
    static <T> void elsewhere(Context loop, Callable<T> work, T otherwise, Consumer<T> then) {
        Thread.startVirtualThread(() -> {
            T result;
            try {
                result = work.call();
            } catch (Exception | StackOverflowError bug) {
                LOG.error("a request could not be routed; it goes where it was sent", bug);
                result = otherwise;
            }
            T given = result;
            loop.runOnContext(turn -> then.accept(given));
        });
    }

    void begin() {
        Attempt chosen = attempt;
        elsewhere(parts.loop(), chosen::prepare, Optional.<Attempt.Prepared>empty(), ready -> {
            if (!exchange.isOver() && chosen == attempt) {
                ask(ready);
            }
        });
    }

    private void ask(Optional<Attempt.Prepared> ready) {
        prepared = ready.orElse(null);
        if (ready.isEmpty()) {
            exchange.upstreamFailed(new UpstreamFailure.Broke("the request cannot be translated for another provider"));
            return;
        }
        if (ready.get().demoted()) {
            parts.notes().add(FoldedRelay.NOTE);
        }
        tellSent(ready.get());
        connect();
    }

    private void connect() {
        if (!exchange.isOver()) {
            Upstream upstream = providers.of(provider().name());
            parts.call().make(upstream, parts.upload().method(), attempt.target(), this);
        }
    }

    private void tellSent(Attempt.Prepared sent) {
        parts.observers()
                .tell(new ExchangeEvent.Rerouted(
                        attempt.route(), attempt.shown(sent.headers()), sent.body(), System.nanoTime()));
    }

    /** The first that is worth asking, or the last. */
    private Attempt next() {
        Attempt next = attempts.next();
        while (!breaker(next).admits() && attempts.hasNext()) {
            tellFailed(next, null, "passed over, because it failed several times in a row");
            next = attempts.next();
        }
        return next;
    }

    private void tellFailed(Attempt failed, @Nullable Integer status, String why) {
        RouteTaken route = failed.route();
        parts.observers()
                .tell(new ExchangeEvent.NotAnswered(
                        new FailedAttempt(route.provider(), route.model(), status, why), System.nanoTime()));
    }

    private CircuitBreaker breaker(Attempt of) {
        return providers.breaker(of.provider().name());
    }

    @Override
    public void connected(HttpClientRequest request) {
        Attempt.Prepared sent = sent();
        request.headers().add("host", providers.of(provider().name()).authority());
        sent.headers().forEach(line -> request.headers().add(line.name(), line.value()));
        request.end(Buffer.buffer(sent.body().toByteArray()));
        exchange.sent();
    }

    private Attempt.Prepared sent() {
        return Objects.requireNonNull(prepared, "nothing was prepared");
    }

    @Override
    public void notConnected(Throwable cause) {
        UpstreamFailure failure = UpstreamFailures.connecting(provider(), cause);
        if (repetition.afterNoConnection(failure.message(), this::connect)) {
            parts.call().forget();
        } else {
            exchange.upstreamFailed(failure);
        }
    }

    @Override
    public void broke(Throwable cause) {
        exchange.upstreamFailed(UpstreamFailures.exchanging(provider(), cause));
    }

    @Override
    public void head(HttpClientResponse response, Handler<Throwable> broken) {
        int status = response.statusCode();
        boolean works = status < 500 && status != 429;
        if (parts.relay().untouched()
                && repetition.afterAnswer(status, ForwardedHeaders.read(response.headers()), this::connect)) {
            parts.call().giveUp();
            return;
        }
        report(works);
        if (works || !askedNext(status, provider().name() + " answered " + status)) {
            relay(response, broken);
        }
    }

    private void relay(HttpClientResponse response, Handler<Throwable> broken) {
        Headers headers = ForwardedHeaders.read(response.headers());
        parts.observers().tell(new ExchangeEvent.UpstreamHead(response.statusCode(), headers, System.nanoTime()));
        if (sent().demoted() && Demotion.isStream(response.statusCode(), headers)) {
            fold(response, headers, broken);
            return;
        }
        if (attempt.passesAsItIs()) {
            parts.relay().from(response, headers, exchange::relayed, broken);
            return;
        }
        answer = new TranslatedAnswer(
                response,
                attempt,
                parts.relay(),
                parts.observers(),
                parts.loop(),
                new TranslatedAnswer.Ending(exchange::relayed, broken::handle));
        answer.start();
    }

    private void fold(HttpClientResponse response, Headers headers, Handler<Throwable> broken) {
        response.exceptionHandler(broken);
        folding = new FoldedRelay(
                parts,
                headers,
                piece -> parts.observers().tell(new ExchangeEvent.UpstreamBytes(piece, System.nanoTime())));
        folding.from(response, exchange::relayed, why -> exchange.upstreamFailed(FoldedRelay.failure(provider(), why)));
    }

    @Override
    public boolean goesOnAfter(UpstreamFailure failure) {
        report(false);
        return askedNext(null, failure.message());
    }

    /** Whether there is somebody else to ask, who then is asked. */
    private boolean askedNext(@Nullable Integer status, String why) {
        if (!attempts.hasNext() || parts.relay().started()) {
            return false;
        }
        parts.call().giveUp();
        parts.notes().add("asked another provider because " + why);
        LOG.info("fallback exchangeId={} why=\"{}\"", parts.opened().id(), why);
        tellFailed(attempt, status, why);
        stopFolding();
        attempt = next();
        repetition = new Repetition(provider(), parts);
        reported = false;
        begin();
        return true;
    }

    private void stopFolding() {
        if (folding != null) {
            folding.release();
            folding = null;
        }
    }

    /** Once for each that is asked. */
    private void report(boolean works) {
        if (reported) {
            return;
        }
        reported = true;
        if (works) {
            breaker(attempt).succeeded();
        } else {
            breaker(attempt).failed();
        }
    }

    @Override
    public ProviderSettings provider() {
        return attempt.provider();
    }

    @Override
    public long silentNanos(long nowNanos) {
        return folding == null ? parts.relay().silentNanos(nowNanos) : folding.silentNanos(nowNanos);
    }

    @Override
    public void end() {
        stopFolding();
        if (answer != null) {
            answer.stop();
        }
        parts.observers().tell(new ExchangeEvent.NotCarried(attempt.losses(), System.nanoTime()));
    }
}
