package dev.ccproxy.api;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.StoredBody;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads stored bodies whole where an answer needs to understand them. Bounded twice, so that curious viewers cannot
 * take the memory that exchanges need: a body of more than {@link #LIMIT} bytes is not read, and only a few answers
 * that hold bodies are made at a time. Safe for all threads.
 */
final class StoredBytes {

    /** As long as the longest request the Messages API takes. */
    static final int LIMIT = 32 * 1024 * 1024;

    private static final int ANSWERS_AT_A_TIME = 3;

    private final Semaphore turns = new Semaphore(ANSWERS_AT_A_TIME, true);

    /** Work that holds bodies in memory. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Waits for its turn, then does the work. Not to be nested. */
    <T> T inTurn(Work<T> work) throws IOException, InterruptedException {
        turns.acquire();
        try {
            return work.run();
        } finally {
            turns.release();
        }
    }

    /** The whole body; empty when it is too long. */
    static Optional<Bytes> read(StoredBody body) throws IOException, InterruptedException {
        return body.whole(LIMIT);
    }
}
