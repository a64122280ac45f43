package dev.ccproxy.feed;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One streamed answer while it comes. One event loop adds, any number of viewers read; a lock is held for a copy only.
 */
public final class RunningAnswer {

    private static final int FIRST_BYTES = 4_096;

    /** What one read gives at most. */
    private static final int READ_BYTES = 64 * 1_024;

    private enum State {
        WAITING,
        COMING,
        /** Nothing more is kept: it is no stream, there is no room, or it has ended. */
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.WAITING;
    private @Nullable Headers headers;
    private byte[] content = new byte[0];
    private int length;
    private int viewers;
    private boolean ended;

    RunningAnswer() {}

    void begin(Headers head, boolean kept) {
        change(() -> {
            headers = head;
            state = kept ? State.COMING : State.CLOSED;
            return state;
        });
    }

    /** By how much the array will grow for that many bytes more. Only the adding thread asks. */
    int growthFor(int bytes) {
        if (state != State.COMING || length + bytes <= content.length) {
            return 0;
        }
        return Math.max(Math.max(FIRST_BYTES, 2 * content.length), length + bytes) - content.length;
    }

    void add(Bytes piece) {
        int growth = growthFor(piece.length());
        change(() -> {
            if (state == State.COMING) {
                content = growth == 0 ? content : Arrays.copyOf(content, content.length + growth);
                piece.copyTo(content, length);
                length += piece.length();
            }
            return length;
        });
    }

    /** Keeps nothing from now on; returns how many bytes were held. */
    int giveUp() {
        return change(this::drop);
    }

    /** The exchange has ended; viewers read the rest. Returns how many bytes are no longer held. */
    int end() {
        return change(() -> {
            state = State.CLOSED;
            ended = true;
            return viewers == 0 ? drop() : 0;
        });
    }

    /** Lets a viewer in; false when the exchange has ended. */
    boolean join() {
        return change(() -> {
            viewers += ended ? 0 : 1;
            return !ended;
        });
    }

    /** A viewer leaves. Returns how many bytes are no longer held. */
    int leave() {
        return change(() -> {
            viewers--;
            return ended && viewers == 0 ? drop() : 0;
        });
    }

    private int drop() {
        int held = content.length;
        state = State.CLOSED;
        content = new byte[0];
        length = 0;
        return held;
    }

    private <T> T change(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** The head of the answer; waits for it, but not longer than {@code atMost}. */
    public Optional<Headers> head(Duration atMost) throws InterruptedException {
        long nanosLeft = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (state == State.WAITING && nanosLeft > 0) {
                nanosLeft = changed.awaitNanos(nanosLeft);
            }
            return Optional.ofNullable(headers);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What came behind the first {@code from} bytes, still in its content encoding; waits for it, but not longer than
     * {@code atMost}. Empty optional: nothing more will come here.
     */
    public Optional<Bytes> read(int from, Duration atMost) throws InterruptedException {
        long nanosLeft = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (state != State.CLOSED && length <= from && nanosLeft > 0) {
                nanosLeft = changed.awaitNanos(nanosLeft);
            }
            if (length <= from) {
                return state == State.CLOSED ? Optional.empty() : Optional.of(Bytes.EMPTY);
            }
            int to = Math.min(length, from + READ_BYTES);
            return Optional.of(Bytes.wrap(Arrays.copyOfRange(content, from, to)));
        } finally {
            lock.unlock();
        }
    }
}
