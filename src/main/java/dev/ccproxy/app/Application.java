package dev.ccproxy.app;

import dev.ccproxy.api.ApiRoutes;
import dev.ccproxy.api.ServiceState;
import dev.ccproxy.auth.DashboardGate;
import dev.ccproxy.auth.ProxyGate;
import dev.ccproxy.auth.WrongTries;
import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.ServerSettings;
import dev.ccproxy.config.Settings;
import dev.ccproxy.feed.LiveFeed;
import dev.ccproxy.feed.RunningAnswers;
import dev.ccproxy.http.AllowedHosts;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.http.Room;
import dev.ccproxy.proxy.InFlight;
import dev.ccproxy.recording.Derivation;
import dev.ccproxy.recording.Recall;
import dev.ccproxy.recording.Recorder;
import dev.ccproxy.simulation.Simulation;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.jdbc.SqliteStore;
import dev.ccproxy.transcript.Transcripts;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The composition root: the one place where all parts meet. */
public final class Application implements AutoCloseable {

    /** What the live feed keeps for viewers that come back: some thousands of rows. */
    private static final long FEED_BYTES = 4L * 1024 * 1024;

    /** What is held of answers that are being written, for whoever watches. */
    private static final long RUNNING_ANSWER_BYTES = 32L * 1024 * 1024;

    /** Exchanges that are looked at for sessions with translated answers: some milliseconds' work. */
    private static final int REMEMBERED_REROUTINGS = 20_000;

    /** How long the last answers may take to reach their clients once nothing new is let in. */
    private static final Duration LAST_ANSWERS = Duration.ofMillis(500);

    private final SqliteStore store;
    private final LiveFeed feed;
    private final Recorder recorder;
    private final Lifecycle lifecycle;
    private final InFlight inFlight;
    private final EventLoops loops;

    private Application(
            SqliteStore store,
            LiveFeed feed,
            Recorder recorder,
            Lifecycle lifecycle,
            InFlight inFlight,
            EventLoops loops) {
        this.store = store;
        this.feed = feed;
        this.recorder = recorder;
        this.lifecycle = lifecycle;
        this.inFlight = inFlight;
        this.loops = loops;
    }

    /**
     * Starts everything; both ports answer when this returns.
     *
     * @throws StartException when something is in the way; nothing keeps running then
     */
    public static Application start(Settings settings) throws StartException {
        return start(new Configuration.Valid(settings, List.of()));
    }

    /** As {@link #start(Settings)}, and shows on the dashboard where each setting comes from. */
    public static Application start(Configuration.Valid configuration) throws StartException {
        Settings settings = configuration.settings();
        Clock clock = Clock.systemUTC();
        MemoryBudget memory = MemoryBudget.ofHeap(settings.storage().memoryBytes());
        SqliteStore store = openStore(settings, memory);
        LiveFeed feed = new LiveFeed(UUID.randomUUID().toString().substring(0, 8), FEED_BYTES, ApiRoutes::liveForm);
        Prices prices = new Prices(settings.pricing());
        Routing routing = Routing.of(settings.routing());
        RunningAnswers answers = new RunningAnswers(RUNNING_ANSWER_BYTES);
        Recorder recorder = new Recorder(
                settings.storage(),
                memory,
                store.writer(),
                new Redaction(store.redactionKey(), settings.auth().apiKeyHeader()),
                new Derivation(Recall.of(store.reader()), prices, routing.files()::nameIn, memory.followedBytes()),
                List.of(feed));
        InFlight inFlight = new InFlight();
        Lifecycle lifecycle = new Lifecycle(settings.server().drain(), inFlight::count, clock);
        routing.desk().remember(store.reader().reroutedSessions(REMEMBERED_REROUTINGS));
        RoutingReport report = new RoutingReport(routing);
        report.log();
        // Another one than was asked for when that is 0.
        AtomicInteger port = new AtomicInteger(settings.server().port());
        ApiRoutes api = new ApiRoutes(new ApiRoutes.Parts(
                store.reader(),
                store.sessions(),
                store.usage(),
                store.prompts(),
                store.writer(),
                store.search(),
                store.settings(),
                configuration.effective(),
                store.names(),
                store.limits(),
                store.clients(),
                new Transcripts(settings.transcripts()),
                recorder::health,
                feed,
                answers,
                state(settings.server(), port, lifecycle, inFlight),
                inFlight::cancel,
                prices,
                prices::list,
                report::form,
                new Simulation(settings.routing(), routing.router(), routing.files(), store.reader()),
                clock));
        try {
            EventLoops loops = EventLoops.start(new EventLoops.Parts(
                    settings,
                    allowedHosts(settings.server()),
                    new ProxyGate(settings, new WrongTries(System::nanoTime)),
                    new DashboardGate(settings, new WrongTries(System::nanoTime)),
                    Stream.concat(Stream.of(recorder, answers), routing.listeners().stream())
                            .toList(),
                    inFlight,
                    bodies(memory),
                    routing.desk(),
                    routing.breakers(),
                    lifecycle::refusing,
                    api.endpoints(),
                    clock));
            port.set(loops.proxyPort());
            lifecycle.serve();
            return new Application(store, feed, recorder, lifecycle, inFlight, loops);
        } catch (StartException notStarted) {
            feed.close();
            recorder.close();
            store.close();
            throw notStarted;
        }
    }

    public int proxyPort() {
        return loops.proxyPort();
    }

    public int dashboardPort() {
        return loops.dashboardPort();
    }

    /** Returns when the program was told to stop and has finished, or given up, what was running. */
    public void awaitStop() throws InterruptedException {
        Signals.on("TERM", signal -> leave());
        Signals.on("INT", signal -> empty());
        lifecycle.awaitClosing();
    }

    private void leave() {
        if (lifecycle.draining()) {
            lifecycle.close();
        } else {
            lifecycle.leave();
        }
    }

    private void empty() {
        if (lifecycle.draining()) {
            lifecycle.close();
        } else {
            lifecycle.empty();
        }
    }

    /** Closes the ports, cuts what still runs, makes everything recorded durable, and frees the rest. */
    @Override
    public void close() {
        lifecycle.close();
        feed.close();
        inFlight.cutAll();
        loops.stopListening(LAST_ANSWERS);
        recorder.close();
        store.close();
        loops.close();
    }

    /** Bodies that are held share the recorder's memory. */
    private static Room bodies(MemoryBudget budget) {
        return new Room() {
            @Override
            public boolean take(long bytes) {
                return budget.tryAcquire(bytes, MemoryBudget.Claim.CONTENT);
            }

            @Override
            public void giveBack(long bytes) {
                budget.release(bytes);
            }
        };
    }

    private static SqliteStore openStore(Settings settings, MemoryBudget memory) throws StartException {
        try {
            return SqliteStore.open(settings.storage().dbPath(), memory, settings.retention(), settings.searchIndex());
        } catch (StoreException closed) {
            throw new StartException(ExitCodes.of(closed.reason()), String.valueOf(closed.getMessage()), closed);
        }
    }

    private static ServiceState state(
            ServerSettings settings, AtomicInteger port, Lifecycle lifecycle, InFlight inFlight) {
        return new ServiceState() {
            @Override
            public Phase phase() {
                return switch (lifecycle.state()) {
                    case Lifecycle.State.Starting _ -> Phase.STARTING;
                    case Lifecycle.State.Serving _ -> Phase.READY;
                    case Lifecycle.State.Leaving _, Lifecycle.State.Emptying _, Lifecycle.State.Closing _ ->
                        Phase.DRAINING;
                };
            }

            @Override
            public long inFlight() {
                return inFlight.count();
            }

            @Override
            public String clientBaseUrl(String host) {
                return settings.publicUrl().map(Object::toString).orElseGet(() -> "http://" + host + ":" + port.get());
            }
        };
    }

    private static AllowedHosts allowedHosts(ServerSettings settings) {
        List<String> names = new ArrayList<>(settings.allowedHosts());
        names.add(settings.host());
        settings.publicUrl().ifPresent(url -> names.add(url.getHost()));
        return new AllowedHosts(names);
    }
}
