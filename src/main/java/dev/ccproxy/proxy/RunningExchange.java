package dev.ccproxy.proxy;

import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.config.ServerSettings;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Room;
import dev.ccproxy.upstream.UpstreamFailure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to the upstream and its answer on its way back. The route, from top to bottom:
 *
 * <pre>
 * run       wait for nothing but a connection; the client's body rests in its socket meanwhile (one that may have to
 *           be changed, or that a rule may concern, is read whole first)
 * connected copy the head (ForwardedHeaders), then         (DirectWay, UpstreamCall)
 * upload    each piece -> upstream, observers              (Upload)
 * head      status, reason, headers -> client              (DirectWay)
 * relay     each piece -> client, observers                (Relay)
 * end       exactly one outcome
 * </pre>
 *
 * {@link DirectWay} goes back from {@code head} or a broken connection to {@code run} where it may try again. Where a rule
 * may concern the request, {@link RoutingDesk} decides once its body is whole; one that goes elsewhere takes a
 * {@link Detour}, which has a {@code connected} and a {@code head} of its own, and asks the next one where one fails.
 *
 * <p>On the way, whatever happens first decides: {@code clientLeft} cancels the upstream, {@code upstreamFailed} becomes an
 * answer of our own before the head and a break after it, {@code cut} ends both. All on one event loop.
 */
final class RunningExchange {

    private static final Logger LOG = LoggerFactory.getLogger(RunningExchange.class);

    private final Vertx vertx;
    private final ServerSettings settings;
    private final RoutingDesk desk;
    private final Providers providers;
    private final InFlight inFlight;
    private final Parts parts;
    private final Opened opened;
    private final Upload upload;
    private final Relay relay;
    private final UpstreamCall call;
    private final TimeLimits limits;
    private final DirectWay direct;
    private final boolean routable;
    private Way way;
    private boolean ended;

    /** What an exchange is made of, for the ways that it may take. */
    record Parts(
            Opened opened,
            Upload upload,
            Relay relay,
            UpstreamCall call,
            Notes notes,
            Observers observers,
            Room memory,
            Context loop) {}

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
        this.inFlight = inFlight;
        this.opened = opened;
        this.limits = new TimeLimits(settings, opened.nanos());
        this.routable = desk.concerns(opened);
        Context loop = vertx.getOrCreateContext();
        this.upload = new Upload(
                clientRequest,
                opened.headers(),
                observers,
                loop,
                settings.maxBodyBytes(),
                holdsBody() ? new HeldBody(memory) : null);
        this.relay = new Relay(clientRequest, observers, loop);
        this.call = new UpstreamCall(vertx);
        this.parts = new Parts(opened, upload, relay, call, new Notes(), observers, memory, loop);
        this.direct = new DirectWay(vertx, providers.usual(), this, parts);
        this.way = direct;
        inFlight.add(opened.id(), this);
        relay.onClientGone(this::clientLeft);
        upload.onClientGone(this::clientLeft);
        clientRequest.pause();
    }

    private boolean holdsBody() {
        ProviderSettings usual = providers.usual().provider();
        return routable || usual.retries().repeatBodies() || DirectWay.isDemotable(usual, opened);
    }

    void run() {
        if (upload.declaredTooLarge()) {
            tooLarge();
        } else if (routable) {
            upload.gather(this::route, this::unrouted, this::tooLarge);
        } else {
            direct.begin();
        }
    }

    void tooLarge() {
        answer(OwnAnswer.tooLarge(settings.maxBodyBytes()));
    }

    /** Elsewhere, because it may look at files, and translates. */
    private void route(Bytes body) {
        Detour.elsewhere(
                parts.loop(),
                () -> desk.decide(opened, body),
                new Decision.Undecided("an error in the proxy"),
                decided -> follow(decided, body));
    }

    private void follow(Decision decision, Bytes body) {
        if (ended) {
            return;
        }
        switch (decision) {
            case Decision.AsAsked _ -> direct.begin(body);
            case Decision.Undecided(String why) -> {
                noteUnrouted(why);
                direct.begin(body);
            }
            case Decision.Refuse(String rule, String message) -> {
                parts.notes().add("refused by the rule " + rule);
                answer(OwnAnswer.refusedByRule(message));
            }
            case Decision.Estimate(String rule, long tokens) -> {
                parts.notes().add("the rule " + rule + " sends such requests to a provider that counts none");
                answer(OwnAnswer.estimate(tokens));
            }
            case Decision.Reroute(List<Attempt> candidates) -> {
                Detour detour = new Detour(candidates, providers, this, parts);
                way = detour;
                detour.begin();
            }
        }
    }

    /** What nobody can look at goes where it was sent, as it would without rules. */
    private void unrouted() {
        noteUnrouted("its body does not fit into the memory that is left for bodies (storage.record.memory_bytes)");
        direct.connect();
    }

    private void noteUnrouted(String why) {
        parts.notes().add("no rule was asked: " + why);
        LOG.warn("unrouted exchangeId={} why=\"{}\"", opened.id(), why);
    }

    boolean isOver() {
        return ended;
    }

    /** The whole request has been handed to the upstream: from now on, the head of its answer is awaited. */
    void sent() {
        Duration limit = way.provider().responseHeaderTimeout();
        if (!limit.isZero() && !relay.started() && !ended) {
            call.awaitHead(limit, () -> timedOut("sent no response head within " + TimeLimits.words(limit)));
        }
    }

    /** The whole answer is with the client. */
    void relayed() {
        boolean early = !ended && !upload.complete();
        // First: to the one who cancels it, what is cancelled looks broken.
        end(Outcome.COMPLETED, "");
        if (early) {
            call.cancel();
            upload.discardRest();
        }
    }

    private void clientLeft() {
        if (!ended) {
            end(Outcome.CLIENT_LEFT, "the client closed its connection");
            call.cancel();
        }
    }

    private void timedOut(String what) {
        upstreamFailed(new UpstreamFailure.Timeout("upstream " + way.provider().name() + " " + what));
    }

    void upstreamFailed(UpstreamFailure failure) {
        if (ended || way.goesOnAfter(failure)) {
            return;
        }
        OwnAnswer own = OwnAnswer.of(failure);
        if (relay.started()) {
            relay.breakOff();
            end(own.outcome(), own.message());
            call.cancel();
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
        call.cancel();
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
        parts.loop().runOnContext(turn -> check(System.nanoTime()));
    }

    private void check(long nowNanos) {
        if (ended) {
            return;
        }
        upload.lookForClient(nowNanos);
        limits.check(nowNanos, way.provider(), upload, relay, way.silentNanos(nowNanos))
                .ifPresent(this::exceeded);
    }

    private void exceeded(TimeLimits.Exceeded limit) {
        switch (limit.side()) {
            case CLIENT_SENDING -> cut(Outcome.CLIENT_LEFT, "the client " + limit.what());
            case CLIENT_TAKING -> {
                end(Outcome.CLIENT_LEFT, "the client " + limit.what());
                relay.drop();
                call.cancel();
            }
            case UPSTREAM -> timedOut(limit.what());
        }
    }

    /** Ends both sides at once. From any thread. */
    void cut(Outcome outcome, String detail) {
        parts.loop().runOnContext(turn -> {
            if (!ended) {
                relay.breakOff();
                end(outcome, detail);
                call.cancel();
            }
        });
    }

    private void end(Outcome outcome, String detail) {
        if (ended) {
            return;
        }
        ended = true;
        call.end();
        upload.release();
        way.end();
        inFlight.remove(opened.id());
        parts.observers().tell(new ExchangeEvent.Ended(outcome, parts.notes().with(detail), System.nanoTime()));
    }
}
