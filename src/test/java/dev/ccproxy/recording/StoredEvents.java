package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.query.Query;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.StoreHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;

/** A writer that keeps its events in memory, and holds the thread that writes while its gate is shut. */
final class StoredEvents implements ExchangeWriter {

    private final List<StoreEvent> events = new ArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    void shutGate() {
        gate = new CountDownLatch(1);
    }

    void openGate() {
        gate.countDown();
    }

    @Override
    public void write(StoreEvent event, Runnable settled) {
        try {
            gate.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            events.add(event);
            notifyAll();
        }
        settled.run();
    }

    /** The events of one exchange, once there are that many. */
    synchronized List<StoreEvent> await(ExchangeId id, int count) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        List<StoreEvent> found = of(id);
        while (found.size() < count && System.nanoTime() < deadline) {
            wait(100);
            found = of(id);
        }
        if (found.size() != count) {
            throw new AssertionError("expected " + count + " events, found " + found);
        }
        return found;
    }

    private List<StoreEvent> of(ExchangeId id) {
        return events.stream().filter(event -> event.id().equals(id)).toList();
    }

    @Override
    public StoreHealth health() {
        return new StoreHealth(StoreHealth.State.RECORDING, 0, 0, 0, null);
    }

    @Override
    public boolean flush(Duration atMost) {
        return true;
    }

    @Override
    public long delete(Query query, LongConsumer progress) {
        return 0;
    }

    @Override
    public boolean delete(ExchangeId id) {
        return false;
    }

    @Override
    public boolean star(ExchangeId id, boolean starred) {
        return false;
    }

    @Override
    public boolean tag(ExchangeId id, Set<String> tags) {
        return false;
    }
}
