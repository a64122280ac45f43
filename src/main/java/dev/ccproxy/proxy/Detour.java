package dev.ccproxy.proxy;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.http.Headers;
import dev.ccproxy.upstream.CircuitBreaker;
import dev.ccproxy.upstream.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request to those that a rule names: one after the other, until one answers. On the exchange's event loop,
 * but for what is prepared elsewhere.
 */
final class Detour {

    private static final Logger LOG = LoggerFactory.getLogger(Detour.class);

    private final Iterator<Attempt> attempts;
    private final Providers providers;
    private final Observers observers;
    private final Context loop;
    private @Nullable Attempt attempt;
    private Attempt.@Nullable Prepared prepared;
    private @Nullable TranslatedAnswer answer;
    private boolean reported;

    Detour(List<Attempt> attempts, Providers providers, Observers observers, Context loop) {
        this.attempts = attempts.iterator();
        this.providers = providers;
        this.observers = observers;
        this.loop = loop;
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

    boolean hasNext() {
        return attempts.hasNext();
    }

    /**
     * Prepares the next attempt that is worth making; {@code ask} gets who is asked and for what target,
     * {@code senseless} runs where the body is none that can be translated.
     */
    void next(BiConsumer<Upstream, String> ask, Runnable senseless) {
        Attempt next = attempts.next();
        while (!breaker(next).admits() && attempts.hasNext()) {
            next = attempts.next();
        }
        attempt = next;
        reported = false;
        Attempt chosen = next;
        Optional<Attempt.Prepared> nothing = Optional.empty();
        elsewhere(loop, chosen::prepare, nothing, ready -> {
            prepared = ready.orElse(null);
            if (ready.isPresent()) {
                ask.accept(providers.of(chosen.provider().name()), chosen.target());
            } else {
                senseless.run();
            }
        });
    }

    private CircuitBreaker breaker(Attempt of) {
        return providers.breaker(of.provider().name());
    }

    void send(HttpClientRequest request, String authority) {
        if (attempt == null || prepared == null) {
            throw new IllegalStateException("nothing was prepared");
        }
        request.headers().add("host", authority);
        Headers headers = prepared.headers();
        headers.forEach(line -> request.headers().add(line.name(), line.value()));
        request.end(Buffer.buffer(prepared.body().toByteArray()));
        observers.tell(new ExchangeEvent.Rerouted(
                attempt.route(), attempt.shown(headers), prepared.body(), System.nanoTime()));
    }

    /** Takes note of the answer's status; false where another provider should be asked instead. */
    boolean answered(int status) {
        boolean works = status < 500 && status != 429;
        if (works) {
            report(true);
        } else {
            failed();
        }
        return works;
    }

    void failed() {
        report(false);
    }

    private void report(boolean works) {
        if (attempt == null || reported) {
            return;
        }
        reported = true;
        if (works) {
            breaker(attempt).succeeded();
        } else {
            breaker(attempt).failed();
        }
    }

    void relay(HttpClientResponse response, Headers headers, Relay relay, Runnable whole, Handler<Throwable> broken) {
        if (attempt == null) {
            throw new IllegalStateException("nobody was asked");
        }
        observers.tell(new ExchangeEvent.UpstreamHead(response.statusCode(), headers, System.nanoTime()));
        if (attempt.passesAsItIs()) {
            relay.from(response, headers, whole, broken);
            return;
        }
        answer = new TranslatedAnswer(
                response, attempt, relay, observers, loop, new TranslatedAnswer.Ending(whole, broken::handle));
        answer.start();
    }

    /** The exchange is over. */
    void end() {
        if (answer != null) {
            answer.stop();
        }
        if (attempt != null) {
            observers.tell(new ExchangeEvent.NotCarried(attempt.losses(), System.nanoTime()));
        }
    }
}
