package dev.ccproxy.recording;

import dev.ccproxy.config.StorageSettings;
import dev.ccproxy.exchange.ExchangeListener;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.SummaryListener;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.HeldMemory;
import dev.ccproxy.storage.Losses;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.MemoryBudget.Claim;
import dev.ccproxy.storage.StoreHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records every exchange. Event loops only collect; a few worker threads hash, decode and understand, each exchange on
 * one of them, in order; the {@link ExchangeWriter} makes it durable. Safe for all threads.
 *
 * <p>A request is handed over when it is whole, or after half a second without its body, so that an exchange which never
 * ends is in the store all the same.
 */
public final class Recorder implements ExchangeListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int MOST_WORKERS = 4;
    private static final long TICK_MILLIS = 250;
    private static final long REST_MILLIS = 10;
    /** With a tick more, a beginning is written at the latest after half a second. */
    private static final long SLOW_UPLOAD_NANOS = Duration.ofMillis(200).toNanos();

    /** Heap bytes, about, of an exchange that runs, beside its header lines, target and bodies. */
    private static final long EXCHANGE_BYTES = 2_048;

    private static final Duration CLOSE_TIME = Duration.ofSeconds(20);

    /** A recording whose request is still coming. */
    private record Awaited(long sinceNanos, ExchangeRecording recording) {

        boolean begunIfSlow(long nowNanos) {
            if (nowNanos - sinceNanos <= SLOW_UPLOAD_NANOS) {
                return false;
            }
            recording.begin();
            return true;
        }
    }

    private final long maxBodyBytes;
    private final MemoryBudget budget;
    private final ExchangeWriter writer;
    private final Redaction redaction;
    private final Derivation derivation;
    private final List<SummaryListener> listeners;
    private final Losses losses = new Losses("recorder", System::nanoTime);
    private final List<ExecutorService> workers = new ArrayList<>();
    private final AtomicInteger nextWorker = new AtomicInteger();
    private final Set<Awaited> awaited = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock;
    private final ScheduledFuture<?> ticking;

    /**
     * Starts the worker threads.
     *
     * @param budget shared with the writer
     * @param listeners told of each exchange twice, on threads of the recorder or the store: when its beginning is
     *     stored and when its end is (or either is lost)
     */
    public Recorder(
            StorageSettings settings,
            MemoryBudget budget,
            ExchangeWriter writer,
            Redaction redaction,
            Derivation derivation,
            List<SummaryListener> listeners) {
        this.maxBodyBytes = Math.min(settings.maxBodyBytes(), Integer.MAX_VALUE / 2);
        this.budget = budget;
        this.writer = writer;
        this.redaction = redaction;
        this.derivation = derivation;
        this.listeners = List.copyOf(listeners);
        int count = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_WORKERS);
        for (int i = 0; i < count; i++) {
            workers.add(new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.MILLISECONDS,
                    new UnhurriedQueue(REST_MILLIS),
                    Thread.ofPlatform().name("recorder-" + i).daemon(true).factory()));
        }
        clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("recorder-clock").daemon(true).factory());
        ticking = clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public ExchangeObserver opened(Opened opened) {
        HeldMemory facts = new HeldMemory(budget);
        if (!facts.take(factBytes(opened), Claim.BEGINNING)) {
            losses.exchange("the memory for recording is full");
            return new UnrecordedExchange(opened, redaction);
        }
        ExecutorService worker = workers.get(Math.floorMod(nextWorker.getAndIncrement(), workers.size()));
        ExchangeRecording recording =
                new ExchangeRecording(opened, worker, budget, writer, redaction, losses, derivation, listeners);
        Awaited awaitedRequest = new Awaited(opened.nanos(), recording);
        awaited.add(awaitedRequest);
        return new ExchangeTap(opened, recording, maxBodyBytes, budget, facts, () -> awaited.remove(awaitedRequest));
    }

    private static long factBytes(Opened opened) {
        return EXCHANGE_BYTES + opened.target().length() + opened.headers().heapBytes();
    }

    /** The writer's state with the recorder's own losses and all memory that recording holds. */
    public StoreHealth health() {
        StoreHealth store = writer.health();
        String own = losses.problem();
        boolean degraded = own != null && store.state() == StoreHealth.State.RECORDING;
        return new StoreHealth(
                degraded ? StoreHealth.State.DEGRADED : store.state(),
                budget.heldBytes(),
                store.droppedExchanges() + losses.exchanges(),
                store.droppedBodies() + losses.bodies(),
                store.problem() != null ? store.problem() : own);
    }

    /** Finishes what was handed over and waits until it is durable; false when the time ran out. */
    public boolean close(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        ticking.cancel(false);
        clock.shutdown();
        boolean finished = true;
        for (ExecutorService worker : workers) {
            worker.shutdown();
            finished &= worker.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return writer.flush(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))) && finished;
    }

    @Override
    public void close() {
        try {
            if (!close(CLOSE_TIME)) {
                LOG.error("recording=unfinished queuedBytes={}", budget.heldBytes());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        losses.tick();
        long now = System.nanoTime();
        awaited.removeIf(each -> each.begunIfSlow(now));
    }
}
