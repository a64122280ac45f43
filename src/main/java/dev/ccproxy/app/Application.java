package dev.ccproxy.app;

import dev.ccproxy.config.Settings;
import dev.ccproxy.http.AllowedHosts;
import dev.ccproxy.proxy.InFlight;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The composition root: the one place where all parts meet. */
public final class Application implements AutoCloseable {

    private final EventLoops loops;
    private final InFlight inFlight;

    private Application(EventLoops loops, InFlight inFlight) {
        this.loops = loops;
        this.inFlight = inFlight;
    }

    /**
     * Starts everything; both ports answer when this returns.
     *
     * @throws StartException when something is in the way; nothing keeps running then
     */
    public static Application start(Settings settings) throws StartException {
        InFlight inFlight = new InFlight();
        EventLoops loops = EventLoops.start(new EventLoops.Parts(
                settings, allowedHosts(settings), List.of(), inFlight, () -> false, List.of(), Clock.systemUTC()));
        return new Application(loops, inFlight);
    }

    public int proxyPort() {
        return loops.proxyPort();
    }

    public int dashboardPort() {
        return loops.dashboardPort();
    }

    /** Returns once the program was told to stop. */
    public void awaitStop() {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what runs at once and frees everything. */
    @Override
    public void close() {
        inFlight.cutAll();
        loops.close();
    }

    private static AllowedHosts allowedHosts(Settings settings) {
        List<String> names = new ArrayList<>(settings.server().allowedHosts());
        names.add(settings.server().host());
        settings.server().publicUrl().ifPresent(url -> names.add(url.getHost()));
        return new AllowedHosts(names);
    }
}
