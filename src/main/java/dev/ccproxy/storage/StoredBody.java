package dev.ccproxy.storage;

import dev.ccproxy.http.Bytes;
import java.io.IOException;
import java.util.Optional;

/** A body read back. */
public record StoredBody(BodyFacts facts, Source source) {

    /** All of it; empty when it is longer than {@code most} bytes. */
    public Optional<Bytes> whole(int most) throws IOException, InterruptedException {
        if (facts.storedLength() > most) {
            return Optional.empty();
        }
        byte[] whole = new byte[(int) facts.storedLength()];
        int[] filled = {0};
        source.sendTo(piece -> {
            piece.copyTo(whole, filled[0]);
            filled[0] += piece.length();
        });
        return Optional.of(Bytes.wrap(whole, 0, filled[0]));
    }

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
