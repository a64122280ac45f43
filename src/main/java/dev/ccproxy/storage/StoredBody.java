package dev.ccproxy.storage;

import dev.ccproxy.http.Bytes;
import java.io.IOException;

/** A body read back. */
public record StoredBody(BodyFacts facts, Source source) {

    /** Gives the bytes piece by piece, once, and verifies them at the end. */
    @FunctionalInterface
    public interface Source {
        /**
         * Sends every piece to the sink, then returns.
         *
         * @throws StoreException when a record is corrupt
         * @throws IOException when the sink refuses
         */
        void sendTo(Sink sink) throws IOException, InterruptedException;
    }

    /** Takes the pieces in order. */
    @FunctionalInterface
    public interface Sink {
        void take(Bytes piece) throws IOException, InterruptedException;
    }
}
