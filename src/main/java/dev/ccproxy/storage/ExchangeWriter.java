package dev.ccproxy.storage;

import java.time.Duration;

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
     * Deletes every exchange that has ended; returns how many.
     *
     * @throws StoreException when the database cannot
     */
    long deleteAll() throws InterruptedException;
}
