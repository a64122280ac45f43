package dev.ccproxy.proxy;

import dev.ccproxy.anthropic.Demotion;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.config.ServerSettings;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import dev.ccproxy.upstream.Upstream;
import dev.ccproxy.upstream.UpstreamFailure;
import dev.ccproxy.upstream.UpstreamFailures;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to the upstream and its answer on its way back. The route, from top to bottom:
 *
 * <pre>
 * run       wait for nothing but a connection; the client's body rests in its socket meanwhile (one that may have to
 *           be changed is read whole first)
 * connected copy the head (ForwardedHeaders), then
 * upload    each piece -> upstream, observers                 (Upload)
 * head      status, reason, headers -> client
 * relay     each piece -> client, observers                   (Relay)
 * end       exactly one outcome
 * </pre>
 *
 * Where a rule may concern the request, {@link RoutingDesk} decides once its body is whole; one that goes elsewhere takes a
 * {@link Detour}: connected and head are the same, what is sent and how the answer comes back are not.
 *
 * <p>A try that reached nobody, or met one of the configured statuses, goes back to {@code connect} as often as
 * {@link Attempts} allows. On the way, whatever happens first decides: {@code clientLeft} cancels the upstream,
 * {@code upstreamFailed} becomes an answer of our own before the head and a break after it, {@code cut} ends both. All on
 * one event loop.
 */
final class RunningExchange {

    private static final Logger LOG = LoggerFactory.getLogger(RunningExchange.class);

    private final Vertx vertx;
    private final ServerSettings settings;
    private final RoutingDesk desk;
    private final Providers providers;
    private final InFlight inFlight;
    private final Opened opened;
    private final Observers observers;
    private final Context loop;
    private final Upload upload;
    private final Relay relay;
    private final Attempts attempts;
    private TimeLimits limits;
    private final Notes notes = new Notes();
    private final Room memory;
    private final boolean demotable;
    private final boolean routable;
    private Upstream upstream;
    private @Nullable Detour detour;
    private @Nullable FoldedRelay folding;
    private @Nullable HttpClientRequest upstreamRequest;

    /** How many were made or given up: what an earlier one says no longer counts. */
    private int requests;

    private long headTimer = -1;
    private boolean ended;

    RunningExchange(
            Vertx vertx,
            ServerSettings settings,
            RoutingDesk desk,
            Providers providers,
            InFlight inFlight,
            Room memory,
            Opened opened,
            Observers observers,
            HttpServerRequest clientRequest) {
        this.vertx = vertx;
        this.settings = settings;
        this.desk = desk;
        this.providers = providers;
        this.upstream = providers.usual();
        this.inFlight = inFlight;
        this.opened = opened;
        this.observers = observers;
        this.loop = vertx.getOrCreateContext();
        this.memory = memory;
        this.limits = new TimeLimits(settings, upstream.provider(), opened.nanos());
        ProviderSettings.Retries retries = upstream.provider().retries();
        this.attempts = new Attempts(retries, InstantSource.system(), ThreadLocalRandom.current());
        this.demotable = upstream.provider().demoteNonstreaming()
                && Demotion.mayConcern(opened.method(), opened.target(), opened.headers());
        this.routable = desk.concerns(opened);
        this.upload = new Upload(
                clientRequest,
                opened.headers(),
                observers,
                loop,
                settings.maxBodyBytes(),
                demotable || routable || retries.repeatBodies() ? new HeldBody(memory) : null);
        this.relay = new Relay(clientRequest, observers, loop);
        inFlight.add(opened.id(), this);
        relay.onClientGone(this::clientLeft);
        upload.onClientGone(this::clientLeft);
        clientRequest.pause();
    }

    void run() {
        if (upload.declaredTooLarge()) {
            tooLarge();
        } else if (routable) {
            upload.gather(this::route, this::connect, this::tooLarge);
        } else if (demotable) {
            upload.gather(this::gathered, this::connect, this::tooLarge);
        } else {
            connect();
        }
    }

    private void tooLarge() {
        answer(OwnAnswer.tooLarge(settings.maxBodyBytes()));
    }

    /** Elsewhere, because it may look at files, and translates. */
    private void route(Bytes body) {
        Detour.elsewhere(
                loop, () -> desk.decide(opened, body), new Decision.AsAsked(), decided -> follow(decided, body));
    }

    private void follow(Decision decision, Bytes body) {
        if (ended) {
            return;
        }
        switch (decision) {
            case Decision.AsAsked _ when demotable -> gathered(body);
            case Decision.AsAsked _ -> connect();
            case Decision.Refuse(String message) -> answer(OwnAnswer.refusedByRule(message));
            case Decision.Estimate(long tokens) -> answer(OwnAnswer.estimate(tokens));
            case Decision.Reroute(List<Attempt> candidates) -> {
                detour = new Detour(candidates, providers, observers, loop);
                detour.next(this::ask, this::untranslatable);
            }
        }
    }

    private void ask(Upstream next, String target) {
        if (!ended) {
            upstream = next;
            limits = new TimeLimits(settings, next.provider(), opened.nanos());
            next.request(upload.method(), target)
                    .onSuccess(this::connected)
                    .onFailure(cause -> upstreamFailed(UpstreamFailures.connecting(next.provider(), cause)));
        }
    }

    private void untranslatable() {
        upstreamFailed(new UpstreamFailure.Broke("the request cannot be translated for another provider"));
    }

    /** Whether there is somebody else to ask, who then is asked. */
    private boolean askedNext() {
        Detour way = detour;
        if (way == null || !way.hasNext() || relay.started()) {
            return false;
        }
        cancelHeadTimer();
        cancelUpstream();
        upstreamRequest = null;
        requests++;
        way.next(this::ask, this::untranslatable);
        return true;
    }

    /** Reading JSON takes its time with long bodies, and event loops have none. */
    private void gathered(Bytes body) {
        vertx.executeBlocking(() -> Demotion.rewritten(body), false).onComplete(rewritten -> {
            if (rewritten.succeeded() && rewritten.result().isPresent()) {
                upload.replace(rewritten.result().get());
                notes.add("sent on with stream set to true (demote_nonstreaming)");
            }
            connect();
        });
    }

    private void connect() {
        if (!ended) {
            upstream.request(upload.method(), opened.target())
                    .onSuccess(this::connected)
                    .onFailure(cause -> notReached(UpstreamFailures.connecting(upstream.provider(), cause)));
        }
    }

    private void connected(HttpClientRequest request) {
        if (ended) {
            // Unheard, our own reset would be logged as an error by the library.
            request.exceptionHandler(reset -> {});
            request.reset();
            return;
        }
        upstreamRequest = request;
        int attempt = ++requests;
        request.response().onSuccess(response -> head(attempt, response)).onFailure(cause -> broke(attempt, cause));
        request.exceptionHandler(cause -> broke(attempt, cause));
        if (detour != null) {
            detour.send(request, upstream.authority());
            uploaded();
            return;
        }
        request.earlyHintsHandler(relay::earlyHints);
        ForwardedHeaders.request(
                opened.headers(),
                upstream.authority(),
                upstream.provider().version(),
                upload.changedLength(),
                request.headers());
        upstream.provider().credential().key().ifPresent(key -> ForwardedHeaders.ownKey(key, request.headers()));
        upload.to(request, this::uploaded, this::tooLarge);
    }

    /** The model cannot have worked, so trying again cannot make it work twice. */
    private void notReached(UpstreamFailure failure) {
        if (ended) {
            return;
        }
        Optional<Duration> pause = attempts.afterNoConnection();
        if (pause.isEmpty()) {
            upstreamFailed(failure);
        } else {
            upload.hold();
            tryAgain(failure.message(), pause.get());
        }
    }

    private void tryAgain(String why, Duration pause) {
        upstreamRequest = null;
        requests++;
        cancelHeadTimer();
        notes.add("try " + attempts.failed() + " failed (" + why + "), again after " + pause.toMillis() + " ms");
        LOG.info(
                "retry exchangeId={} failed={} pauseMs={} why=\"{}\"",
                opened.id(),
                attempts.failed(),
                pause.toMillis(),
                why);
        vertx.setTimer(Math.max(1, pause.toMillis()), timer -> connect());
    }

    private void uploaded() {
        if (!upstream.provider().retries().repeatBodies()) {
            upload.release();
        }
        Duration limit = upstream.provider().responseHeaderTimeout();
        if (!limit.isZero() && !relay.started() && !ended) {
            headTimer = vertx.setTimer(limit.toMillis(), timer -> headTimedOut(limit));
        }
    }

    /** Whether this is of an attempt that another one has followed, or all is over. */
    private boolean isPast(int attempt) {
        return ended || attempt != requests;
    }

    private void head(int attempt, HttpClientResponse response) {
        if (isPast(attempt)) {
            return;
        }
        cancelHeadTimer();
        Headers headers = ForwardedHeaders.read(response.headers());
        if (detour != null) {
            if (detour.answered(response.statusCode()) || !askedNext()) {
                detour.relay(response, headers, relay, this::relayed, cause -> broke(attempt, cause));
            }
            return;
        }
        if (upload.repeatable() && relay.untouched()) {
            Optional<Duration> pause = attempts.afterAnswer(response.statusCode(), headers);
            if (pause.isPresent()) {
                cancelUpstream();
                tryAgain(refusal(response), pause.get());
                return;
            }
        }
        if (upload.changedLength() != null && Demotion.isStream(response.statusCode(), headers)) {
            response.exceptionHandler(cause -> broke(attempt, cause));
            folding = new FoldedRelay(vertx, headers, memory, relay, notes);
            folding.from(response, this::relayed, this::unusable);
        } else {
            relay.from(response, headers, this::relayed, cause -> broke(attempt, cause));
        }
    }

    private void unusable(String why) {
        upstreamFailed(new UpstreamFailure.Broke(
                "the stream of upstream " + upstream.provider().name() + " cannot be folded: " + why));
    }

    private static String refusal(HttpClientResponse response) {
        String requestId = response.getHeader("request-id");
        return "status " + response.statusCode() + (requestId == null ? "" : ", request-id " + requestId);
    }

    /** The whole answer is with the client. */
    private void relayed() {
        boolean early = !ended && !upload.complete();
        // First: to the one who cancels it, what is cancelled looks broken.
        end(Outcome.COMPLETED, "");
        if (early) {
            cancelUpstream();
            upload.discardRest();
        }
    }

    private void clientLeft() {
        if (!ended) {
            end(Outcome.CLIENT_LEFT, "the client closed its connection");
            cancelUpstream();
        }
    }

    private void headTimedOut(Duration limit) {
        timedOut("sent no response head within " + TimeLimits.words(limit));
    }

    private void timedOut(String what) {
        upstreamFailed(
                new UpstreamFailure.Timeout("upstream " + upstream.provider().name() + " " + what));
    }

    private void broke(int attempt, Throwable cause) {
        if (isPast(attempt)) {
            return;
        }
        UpstreamFailure failure = UpstreamFailures.exchanging(upstream.provider(), cause);
        if (detour != null || upload.given() || !relay.untouched()) {
            upstreamFailed(failure);
        } else {
            notReached(failure);
        }
    }

    private void upstreamFailed(UpstreamFailure failure) {
        if (ended) {
            return;
        }
        if (detour != null) {
            detour.failed();
        }
        if (askedNext()) {
            notes.add("asked another provider because " + failure.message());
            return;
        }
        OwnAnswer own = OwnAnswer.of(failure);
        if (relay.started()) {
            relay.breakOff();
            end(own.outcome(), own.message());
            cancelUpstream();
        } else {
            answer(own);
        }
    }

    /** Ends the exchange with an answer of our own, whatever was going on; no answer may have been started. */
    void answer(OwnAnswer own) {
        if (ended || relay.started()) {
            return;
        }
        relay.own(own, opened.id());
        end(own.outcome(), own.detail());
        cancelUpstream();
        upload.discardRest();
    }

    /** The same after a while, for a client that has to be slowed down. */
    void answerAfter(Duration wait, OwnAnswer own) {
        if (wait.isZero()) {
            answer(own);
        } else {
            vertx.setTimer(Math.max(1, wait.toMillis()), timer -> answer(own));
        }
    }

    /** Is the client still there, and do both sides keep moving? From any thread. */
    void check() {
        loop.runOnContext(turn -> check(System.nanoTime()));
    }

    private void check(long nowNanos) {
        if (ended) {
            return;
        }
        upload.lookForClient(nowNanos);
        long silentNanos = folding == null ? relay.silentNanos(nowNanos) : folding.silentNanos(nowNanos);
        limits.check(nowNanos, upload, relay, silentNanos).ifPresent(this::exceeded);
    }

    private void exceeded(TimeLimits.Exceeded limit) {
        switch (limit.side()) {
            case CLIENT_SENDING -> cut(Outcome.CLIENT_LEFT, "the client " + limit.what());
            case CLIENT_TAKING -> {
                end(Outcome.CLIENT_LEFT, "the client " + limit.what());
                relay.drop();
                cancelUpstream();
            }
            case UPSTREAM -> timedOut(limit.what());
        }
    }

    /** Ends both sides at once. From any thread. */
    void cut(Outcome outcome, String detail) {
        loop.runOnContext(turn -> {
            if (!ended) {
                relay.breakOff();
                end(outcome, detail);
                cancelUpstream();
            }
        });
    }

    private void end(Outcome outcome, String detail) {
        if (ended) {
            return;
        }
        ended = true;
        cancelHeadTimer();
        upload.release();
        if (detour != null) {
            detour.end();
        }
        if (folding != null) {
            folding.release();
        }
        inFlight.remove(opened.id());
        observers.tell(new ExchangeEvent.Ended(outcome, notes.with(detail), System.nanoTime()));
    }

    /** On HTTP/1.1 closes the connection, on HTTP/2 resets the stream: the generation stops, and so does its bill. */
    private void cancelUpstream() {
        if (upstreamRequest != null) {
            upstreamRequest.reset();
        }
    }

    private void cancelHeadTimer() {
        if (headTimer != -1) {
            vertx.cancelTimer(headTimer);
            headTimer = -1;
        }
    }
}
