package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;

/**
 * A place between two messages of a request, and what was read up to there: a later request that begins with the same
 * bytes need not be read from its beginning. Immutable; safe for all threads.
 */
public final class ReadingMark {

    private final int end;
    private final long fingerprint;
    private final RequestNotes notes;

    ReadingMark(Bytes body, int end, RequestNotes notes) {
        this.end = end;
        this.fingerprint = fingerprint(body, end);
        this.notes = notes;
    }

    int end() {
        return end;
    }

    /** What was read, for its receiver to change. */
    RequestNotes notes() {
        return notes.copy();
    }

    boolean fits(Bytes body) {
        return body.length() > end && fingerprint(body, end) == fingerprint;
    }

    private static long fingerprint(Bytes body, int end) {
        return new Fingerprint().add(body.slice(0, end)).value();
    }
}
