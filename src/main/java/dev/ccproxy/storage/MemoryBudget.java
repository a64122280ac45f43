package dev.ccproxy.storage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Heap bytes that recording may hold in all, such as 100 MiB: for exchanges in flight, at work, and queued for the
 * database, and for what the store remembers. Safe for all threads; never blocks.
 *
 * <p>One memory for everything, but not for everything alike: what matters more may fill it further, so that full memory
 * costs bodies long before it costs exchanges, and an exchange that was let in finds room for its end.
 */
public final class MemoryBudget {

    /** ADR 7: the rest of the heap is for what passes. */
    private static final long HEAP_FIFTHS = 2;

    private static final int SET_ASIDE_SIXTEENTHS = 3;

    private static final int FOLLOWED_SHARE = 32;

    private static final int MOST_DECODED_BYTES = 64 << 20;

    /** What memory is wanted for. */
    public enum Claim {
        CONTENT(13),
        BEGINNING(14),
        REQUEST(15),
        END(16);

        private final int sixteenths;

        Claim(int sixteenths) {
            this.sixteenths = sixteenths;
        }
    }

    private final long limitBytes;
    private final long claimableBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    public MemoryBudget(long limitBytes) {
        this.limitBytes = limitBytes;
        this.claimableBytes = limitBytes - setAsideBytes() - followedBytes();
    }

    /** As many bytes as are asked for, but no more than two fifths of this program's heap. */
    public static MemoryBudget ofHeap(long wantedBytes) {
        return new MemoryBudget(Math.min(wantedBytes, Runtime.getRuntime().maxMemory() / 5 * HEAP_FIFTHS));
    }

    /**
     * How long one answer may become when its content encoding is undone. What grows beyond that is no answer of a model, but
     * perhaps a bomb: it must not make memory scarce for others, and keeping it encoded is no loss.
     */
    public int mostDecodedBytes() {
        return (int) Math.min(MOST_DECODED_BYTES, limitBytes / 4);
    }

    /** Takes the bytes, or nothing at all when what is held would exceed the share of that claim. */
    public boolean tryAcquire(long bytes, Claim claim) {
        if (heldBytes.addAndGet(bytes) <= claimableBytes / 16 * claim.sixteenths) {
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

    /** Set aside for what the store remembers of the latest bodies; not to be acquired. */
    public long setAsideBytes() {
        return limitBytes / 16 * SET_ASIDE_SIXTEENTHS;
    }

    /** Set aside for what is remembered of the sessions that are followed; not to be acquired. */
    public long followedBytes() {
        return limitBytes / FOLLOWED_SHARE;
    }
}
