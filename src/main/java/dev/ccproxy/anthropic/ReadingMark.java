package dev.ccproxy.anthropic;

/**
 * A place between two messages of a request, and what was read up to there: a later request that begins with the same
 * bytes need not be read from its beginning. Immutable; safe for all threads.
 */
public final class ReadingMark {

    private final int end;
    private final long fingerprint;
    private final RequestNotes notes;

    /** {@code fingerprint} is that of the bytes before {@code end}. */
    ReadingMark(int end, long fingerprint, RequestNotes notes) {
        this.end = end;
        this.fingerprint = fingerprint;
        this.notes = notes;
    }

    /** Heap bytes, about. */
    public long heapBytes() {
        return 64 + notes.heapBytes();
    }

    int end() {
        return end;
    }

    /** What was read, for its receiver to change. */
    RequestNotes notes() {
        return notes.copy();
    }

    boolean fits(BodyPrefix prefix) {
        return prefix.goesBeyond(end) && prefix.fingerprintTo(end) == fingerprint;
    }
}
