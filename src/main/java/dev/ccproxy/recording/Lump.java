package dev.ccproxy.recording;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.HeldMemory;
import dev.ccproxy.storage.MemoryBudget;
import java.util.List;

/** Pieces of a body with the memory that they hold. For one thread at a time. */
final class Lump implements AutoCloseable {

    private List<Bytes> pieces;
    private final HeldMemory held;

    /** Takes over {@code held}. */
    Lump(List<Bytes> pieces, HeldMemory held) {
        this.pieces = pieces;
        this.held = held;
    }

    /** A body that does not count against the recorder's memory. */
    static Lump uncharged(Bytes body) {
        return new Lump(List.of(body), new HeldMemory(new MemoryBudget(0)));
    }

    List<Bytes> pieces() {
        return pieces;
    }

    /** Lets go of the pieces, and gives back their memory. */
    @Override
    public void close() {
        pieces = List.of();
        held.close();
    }
}
