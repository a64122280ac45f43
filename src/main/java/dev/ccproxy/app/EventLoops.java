package dev.ccproxy.app;

import dev.ccproxy.auth.DashboardGate;
import dev.ccproxy.auth.ProxyGate;
import dev.ccproxy.config.OutboundProxy;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.config.Settings;
import dev.ccproxy.exchange.ExchangeListener;
import dev.ccproxy.http.AllowedHosts;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.http.Room;
import dev.ccproxy.proxy.InFlight;
import dev.ccproxy.proxy.Providers;
import dev.ccproxy.proxy.ProxyHandler;
import dev.ccproxy.proxy.RoutingDesk;
import dev.ccproxy.server.Dispatcher;
import dev.ccproxy.server.EndpointHandler;
import dev.ccproxy.server.HttpFront;
import dev.ccproxy.server.PageOrigins;
import dev.ccproxy.upstream.CircuitBreaker;
import dev.ccproxy.upstream.Upstream;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The event loops, one per core; each has the two ports (which the loops share), the way to the upstream and the
 * endpoints. An exchange stays on the loop that accepted its connection.
 */
final class EventLoops implements AutoCloseable {

    private static final Duration CHECK = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Parts parts;
    private final List<Loop> loops = new ArrayList<>();

    private EventLoops(Vertx vertx, Parts parts) {
        this.vertx = vertx;
        this.parts = parts;
    }

    /** What every loop needs. */
    record Parts(
            Settings settings,
            AllowedHosts hosts,
            ProxyGate proxyGate,
            DashboardGate dashboardGate,
            List<ExchangeListener> listeners,
            InFlight inFlight,
            Room memory,
            RoutingDesk desk,
            Map<String, CircuitBreaker> breakers,
            BooleanSupplier refusing,
            List<Endpoint> endpoints,
            Clock clock) {}

    static EventLoops start(Parts parts) throws StartException {
        int count = Math.max(1, Runtime.getRuntime().availableProcessors());
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(count)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        EventLoops loops = new EventLoops(vertx, parts);
        try {
            Supplier<Deployable> next = loops::add;
            vertx.deployVerticle(next, new DeploymentOptions().setInstances(count))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            vertx.setPeriodic(CHECK.toMillis(), timer -> parts.inFlight().checkAll());
            return loops;
        } catch (CompletionException failed) {
            loops.close();
            throw explain(parts.settings(), failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private Loop add() {
        Loop loop = new Loop(parts);
        loops.add(loop);
        return loop;
    }

    private static StartException explain(Settings settings, Throwable cause) {
        if (cause instanceof java.net.BindException) {
            return new StartException(
                    4,
                    "cannot listen on " + settings.server().host() + ", port "
                            + settings.server().port() + " or "
                            + settings.dashboard().port() + ": " + cause.getMessage()
                            + "; another program (perhaps another proxy) has it: stop that, or set"
                            + " server.port (PORT) and dashboard.port (DASHBOARD_PORT)",
                    cause);
        }
        return new StartException(1, "cannot start the server: " + cause, cause);
    }

    int proxyPort() {
        return loops.getFirst().proxyPort;
    }

    int dashboardPort() {
        return loops.getFirst().dashboardPort;
    }

    /** Closes the listeners and waits for the running answers at most this long. */
    void stopListening(Duration atMost) {
        loops.stream()
                .map(loop -> loop.stopListening(atMost.toMillis()))
                .map(stopped -> stopped.toCompletionStage().toCompletableFuture())
                .toList()
                .forEach(stopped -> stopped.completeOnTimeout(null, atMost.toMillis() + 500, TimeUnit.MILLISECONDS)
                        .exceptionally(failed -> null)
                        .join());
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .exceptionally(failed -> null)
                .join();
    }

    private static final class Loop extends VerticleBase {
        private final Parts parts;
        private final List<HttpFront> fronts = new ArrayList<>();
        private volatile int proxyPort;
        private volatile int dashboardPort;

        Loop(Parts parts) {
            this.parts = parts;
        }

        @Override
        public Future<?> start() {
            Settings settings = parts.settings();
            var own = new EndpointHandler(
                    parts.endpoints(), parts.dashboardGate(), new PageOrigins(settings.cors()), settings.server());
            var model = new ProxyHandler(
                    vertx,
                    settings.server(),
                    parts.proxyGate(),
                    parts.desk(),
                    providers(settings),
                    parts.listeners(),
                    parts.inFlight(),
                    parts.memory(),
                    parts.refusing(),
                    parts.clock());
            HttpFront proxy = HttpFront.open(vertx, settings.server(), new Dispatcher(parts.hosts(), model, own));
            HttpFront dashboard = HttpFront.open(vertx, settings.server(), new Dispatcher(parts.hosts(), null, own));
            fronts.add(proxy);
            fronts.add(dashboard);
            return proxy.listen(shared(settings.server().port(), -1))
                    .onSuccess(port -> proxyPort = port)
                    .compose(
                            port -> dashboard.listen(shared(settings.dashboard().port(), -2)))
                    .onSuccess(port -> dashboardPort = port);
        }

        private Providers providers(Settings settings) {
            Map<String, Upstream> upstreams = new HashMap<>();
            for (ProviderSettings provider : settings.routing().providers()) {
                Optional<OutboundProxy> through = settings.outboundProxy().proxyFor(provider.baseUrl());
                upstreams.put(provider.name(), Upstream.open(vertx, provider, through));
            }
            return new Providers(upstreams, parts.breakers());
        }

        /** Vert.x reads a negative port as: any free one, the same for all instances that name this number. */
        private static int shared(int port, int anyFree) {
            return port == 0 ? anyFree : port;
        }

        Future<?> stopListening(long atMostMillis) {
            return Future.join(
                    fronts.stream().map(front -> front.shutdown(atMostMillis)).toList());
        }
    }
}
