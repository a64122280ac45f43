package dev.ccproxy.storage;

import java.time.Duration;

/**
 * The write side of a store. Safe for all threads; nothing here waits for the disk but {@link #flush} and the deletions.
 */
public interface ExchangeWriter {

    /**
     * Takes an event for the next group commit. Never blocks and never throws: what cannot be kept (over budget, disk
     * full, database gone) is dropped, bodies first, and counted in {@link #health}.
     */
    void write(StoreEvent event);

    /** What the writer is doing now. */
    StoreHealth health();

    /** Waits until everything taken before is durable or counted as lost. False when the time ran out. */
    boolean flush(Duration atMost) throws InterruptedException;

    /** Deletes every exchange that has ended; returns how many. */
    long deleteAll();
}
