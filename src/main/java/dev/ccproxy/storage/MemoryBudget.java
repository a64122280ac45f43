package dev.ccproxy.storage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Heap bytes that recording may hold in all, such as 256 MiB: for exchanges in flight, at work, and queued for the
 * database. Safe for all threads; never blocks.
 */
public final class MemoryBudget {

    private final long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    public MemoryBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes the bytes, or nothing at all when they would exceed the limit. */
    public boolean tryAcquire(long bytes) {
        if (heldBytes.addAndGet(bytes) <= limitBytes) {
            return true;
        }
        heldBytes.addAndGet(-bytes);
        return false;
    }

    /** Gives back what {@link #tryAcquire} took. */
    public void release(long bytes) {
        heldBytes.addAndGet(-bytes);
    }

    public long heldBytes() {
        return heldBytes.get();
    }

    public long limitBytes() {
        return limitBytes;
    }
}
