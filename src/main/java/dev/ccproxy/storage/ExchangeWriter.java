package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.query.Query;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The write side of a store. Safe for all threads; nothing here waits for the disk but {@link #flush} and the deletions.
 */
public interface ExchangeWriter {

    /**
     * Takes an event for the next group commit. Never blocks and never throws: what cannot be kept (over budget, disk
     * full, database gone) is dropped, bodies first, and counted in {@link #health}.
     *
     * @param settled runs once, on a thread of the store, when the event is durable and can be read, or is lost; must
     *     return soon
     */
    void write(StoreEvent event, Runnable settled);

    /** As {@link #write(StoreEvent, Runnable)} for a caller who need not know when. */
    default void write(StoreEvent event) {
        write(event, () -> {});
    }

    /** What the writer is doing now. */
    StoreHealth health();

    /** Waits until everything taken before is durable or counted as lost. False when the time ran out. */
    boolean flush(Duration atMost) throws InterruptedException;

    /**
     * Deletes every exchange that has ended, that is there now and that the query means; returns how many, when nothing
     * is left of them: their space is given back, and text that no other exchange has is gone from the file.
     *
     * @param progress is told how many are deleted so far, on a thread of the store
     * @throws StoreException when the database cannot
     */
    long delete(Query query, LongConsumer progress) throws InterruptedException;

    /** As the other, of one exchange; false when there is none that has ended. */
    boolean delete(ExchangeId id) throws InterruptedException;

    /** As the other, of all. */
    default long deleteAll() throws InterruptedException {
        return delete(Query.EVERYTHING, _ -> {});
    }

    /** Marks an exchange, or takes the mark away. Retention keeps a session with a marked exchange. False when unknown. */
    boolean star(ExchangeId id, boolean starred) throws InterruptedException;

    /** Gives an exchange these tags and no others; false when it is unknown. */
    boolean tag(ExchangeId id, Set<String> tags) throws InterruptedException;
}
