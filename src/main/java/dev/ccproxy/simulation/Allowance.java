package dev.ccproxy.simulation;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.StoredBody;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What a simulation may read of stored bodies, in bytes and in time. For one thread. */
final class Allowance {

    /** As long as the longest request the Messages API takes. */
    private static final int MOST_BODY_BYTES = 32 << 20;

    private final ExchangeReader reader;
    private final long endNanos;
    private long bytesLeft;

    Allowance(ExchangeReader reader, long bytes, Duration time) {
        this.reader = reader;
        this.bytesLeft = bytes;
        this.endNanos = System.nanoTime() + time.toNanos();
    }

    /** The body of the client's request; empty where none is kept, or it would be too much. */
    Optional<Bytes> requestBody(ExchangeId id) throws InterruptedException {
        if (bytesLeft <= 0 || System.nanoTime() > endNanos) {
            return Optional.empty();
        }
        Optional<StoredBody> stored = reader.requestBody(id);
        if (stored.isEmpty() || stored.get().facts().storedLength() > bytesLeft) {
            return Optional.empty();
        }
        bytesLeft -= stored.get().facts().storedLength();
        try {
            return stored.get().whole(MOST_BODY_BYTES);
        } catch (IOException impossible) {
            throw new IllegalStateException("only memory takes what is read", impossible);
        }
    }
}
