package dev.ccproxy.api;

import dev.ccproxy.agents.AgentFiles;
import dev.ccproxy.api.form.RoutesForm;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.auth.DashboardGate;
import dev.ccproxy.auth.WrongTries;
import dev.ccproxy.config.EffectiveSetting;
import dev.ccproxy.config.Origin;
import dev.ccproxy.config.Settings;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.feed.LiveFeed;
import dev.ccproxy.feed.RunningAnswers;
import dev.ccproxy.http.AllowedHosts;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.json.Json;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.pricing.PriceList;
import dev.ccproxy.routing.Router;
import dev.ccproxy.server.Dispatcher;
import dev.ccproxy.server.EndpointHandler;
import dev.ccproxy.server.HttpFront;
import dev.ccproxy.server.PageOrigins;
import dev.ccproxy.simulation.Simulation;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.SqliteStore;
import dev.ccproxy.testing.TestSettings;
import dev.ccproxy.transcript.Transcripts;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The API as users meet it: the real routes on the real server over the real store. */
final class ApiServer implements AutoCloseable {

    static final List<EffectiveSetting> CONFIGURED = List.of(
            new EffectiveSetting("server.port", "3001", new Origin.BuiltIn()),
            new EffectiveSetting("log.level", "debug", new Origin.EnvironmentVariable("LOG_LEVEL")));

    final SqliteStore store;
    final LiveFeed feed = new LiveFeed("boot", 1 << 20, ApiRoutes::liveForm);
    final RunningAnswers answers = new RunningAnswers(1 << 20);
    final Set<ExchangeId> running = ConcurrentHashMap.newKeySet();
    volatile ServiceState.Phase phase = ServiceState.Phase.READY;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ApiRoutes routes;
    private final int port;

    ApiServer(Path folder, String... configured) throws Exception {
        this(folder, System::nanoTime, configured);
    }

    /** With a clock of its own for wrong credentials. */
    ApiServer(Path folder, LongSupplier nanoTime, String... configured) throws Exception {
        Settings settings = TestSettings.of(folder, configured);
        store = SqliteStore.open(folder.resolve("requests.db"), new MemoryBudget(64 << 20));
        routes = new ApiRoutes(new ApiRoutes.Parts(
                store.reader(),
                store.sessions(),
                store.usage(),
                store.prompts(),
                store.writer(),
                store.search(),
                store.settings(),
                CONFIGURED,
                store.names(),
                store.limits(),
                store.clients(),
                new Transcripts(settings.transcripts()),
                store.writer()::health,
                feed,
                answers,
                new State(),
                running::remove,
                () -> new CostCalculator(PriceList.builtIn(new Json())),
                () -> PriceList.builtIn(new Json()),
                () -> new RoutesForm(List.of(), List.of(), List.of()),
                new Simulation(
                        settings.routing(),
                        Router.of(settings.routing()),
                        new AgentFiles(settings.routing().subagents().directories()),
                        store.reader()),
                Clock.systemUTC()));
        DashboardGate gate = new DashboardGate(settings, new WrongTries(nanoTime));
        Dispatcher dispatcher = new Dispatcher(
                new AllowedHosts(List.of()),
                null,
                new EndpointHandler(routes.endpoints(), gate, new PageOrigins(settings.cors()), settings.server()));
        port = HttpFront.open(vertx, settings.server(), dispatcher)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    ExchangeWriter writer() {
        return store.writer();
    }

    ExchangeReader reader() {
        return store.reader();
    }

    List<Route> routes() {
        return routes.routes();
    }

    List<Endpoint> endpoints() {
        return routes.endpoints();
    }

    int port() {
        return port;
    }

    HttpRequest.Builder request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, BodyPublishers.noBody());
    }

    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> send(String method, String path) throws IOException, InterruptedException {
        return send(request(method, path).build());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request("GET", path).build(), BodyHandlers.ofString());
    }

    HttpResponse<java.io.InputStream> open(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofInputStream());
    }

    private final class State implements ServiceState {
        @Override
        public Phase phase() {
            return phase;
        }

        @Override
        public long inFlight() {
            return running.size();
        }

        @Override
        public String clientBaseUrl(String host) {
            return "http://" + host + ":3001";
        }
    }

    @Override
    public void close() {
        feed.close();
        client.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        store.close();
    }
}
