import dev.ccproxy.config.StorageSettings;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.json.Json;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.pricing.PriceList;
import dev.ccproxy.recording.Derivation;
import dev.ccproxy.recording.Recall;
import dev.ccproxy.recording.Recorder;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

/** A store that is fed with exchanges as the proxy feeds it: piece by piece, through the recorder. For one thread. */
final class StoreFeed implements AutoCloseable {

    /** So many are recorded at the same time. */
    private static final int MOST_OPEN = 8;

    private final MemoryBudget budget = new MemoryBudget(256L << 20);
    private final Semaphore open = new Semaphore(MOST_OPEN);
    private final SqliteStore store;
    private final Recorder recorder;

    StoreFeed(Path file) {
        this.store = SqliteStore.open(file, budget);
        this.recorder = new Recorder(new StorageSettings(file, 64L << 20, budget.limitBytes()), budget,
                store.writer(), new Redaction(store.redactionKey(), "x-api-key"), derivation(), List.of(this::ended));
    }

    private Derivation derivation() {
        CostCalculator costs = new CostCalculator(PriceList.builtIn(new Json()));
        return new Derivation(Recall.of(store.reader()), () -> costs, _ -> Optional.empty(), budget.followedBytes());
    }

    SqliteStore store() {
        return store;
    }

    private void ended(ExchangeSummary summary) {
        if (summary.outcome() != Outcome.RUNNING) {
            open.release();
        }
    }

    ExchangeId record(StoreSession.Exchange exchange) throws InterruptedException {
        open.acquire();
        ExchangeId id = ExchangeId.next(exchange.at());
        long now = System.nanoTime();
        ExchangeObserver observer = recorder.opened(new Opened(id, exchange.at(), now, "POST", "/v1/messages?beta=true",
                "127.0.0.1", null, exchange.requestHeaders(), "anthropic"));
        for (int from = 0; from < exchange.request().length; from += 16_384) {
            observer.on(new ExchangeEvent.RequestBytes(Bytes.wrap(exchange.request(), from,
                    Math.min(16_384, exchange.request().length - from)), now));
        }
        observer.on(new ExchangeEvent.RequestEnded(now));
        observer.on(new ExchangeEvent.ResponseHead(exchange.status(), exchange.responseHeaders(), false, now + 800_000_000L));
        Random pace = new Random(exchange.answer().length);
        int from = 0;
        long at = now + 900_000_000L;
        while (from < exchange.answer().length) {
            int end = Math.min(exchange.answer().length, from + 120 + pace.nextInt(300));
            at += 20_000_000L + pace.nextInt(40_000_000);
            observer.on(new ExchangeEvent.ResponseBytes(Bytes.wrap(exchange.answer(), from, end - from), at));
            from = end;
        }
        observer.on(new ExchangeEvent.Ended(Outcome.COMPLETED, "", at));
        return id;
    }

    /** Waits until everything is in the database. */
    void await() throws InterruptedException {
        open.acquire(MOST_OPEN);
        open.release(MOST_OPEN);
    }

    /** CPU time of the writer since the store was opened. */
    static long writerNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().equals("store-writer")) {
                return threads.getThreadCpuTime(id);
            }
        }
        throw new AssertionError("the store is closed");
    }

    @Override
    public void close() {
        recorder.close();
        store.close();
    }
}
