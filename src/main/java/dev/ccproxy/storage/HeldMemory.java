package dev.ccproxy.storage;

import dev.ccproxy.http.Room;
import dev.ccproxy.storage.MemoryBudget.Claim;

/** Bytes of the {@link MemoryBudget} taken for one purpose and given back together. For one thread at a time. */
public final class HeldMemory implements Room, AutoCloseable {

    private final MemoryBudget budget;
    private long bytes;
    private boolean refused;

    /** Holds nothing yet. */
    public HeldMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Takes so many bytes more, or none. */
    public boolean take(long more, Claim claim) {
        boolean taken = budget.tryAcquire(more, claim);
        bytes += taken ? more : 0;
        refused |= !taken;
        return taken;
    }

    @Override
    public boolean take(long more) {
        return take(more, Claim.CONTENT);
    }

    @Override
    public void giveBack(long fewer) {
        budget.release(fewer);
        bytes -= fewer;
    }

    /** Whether there was not enough once. */
    public boolean refused() {
        return refused;
    }

    /** How many are held. */
    public long bytes() {
        return bytes;
    }

    /** Gives everything back; more may be taken afterwards. */
    @Override
    public void close() {
        giveBack(bytes);
    }
}
