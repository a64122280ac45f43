package dev.ccproxy.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says how far a long command is: on a terminal as one line that is written over, elsewhere as a line every ten seconds.
 * For one thread.
 */
final class ProgressLine {

    private static final long TERMINAL_NANOS = Duration.ofMillis(100).toNanos();
    private static final long ELSEWHERE_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private long nextNanos;
    private int width;

    /** Writes to {@code errors}; {@code nanoClock} is {@link System#nanoTime}. */
    ProgressLine(Surroundings surroundings, LongSupplier nanoClock) {
        this.out = surroundings.errors();
        this.terminal = surroundings.interactive();
        this.nanoClock = nanoClock;
        this.nextNanos = nanoClock.getAsLong() + (terminal ? 0 : ELSEWHERE_NANOS);
    }

    /** Shows the state, unless the one before was shown a moment ago. */
    void show(String state) {
        long now = nanoClock.getAsLong();
        if (now - nextNanos < 0) {
            return;
        }
        nextNanos = now + (terminal ? TERMINAL_NANOS : ELSEWHERE_NANOS);
        if (terminal) {
            out.print("\r" + state + " ".repeat(Math.max(0, width - state.length())));
            out.flush();
            width = state.length();
        } else {
            out.println(state);
        }
    }

    /** As {@link #show(String)}, such as {@code exported: 512 of 2,381 (21 %)}. */
    void show(String what, long done, long total) {
        show("%s: %,d of %,d (%d %%)".formatted(what, done, total, total == 0 ? 100 : done * 100 / total));
    }

    /** A line that stays. */
    void say(String line) {
        clear();
        out.println(line);
    }

    /** Removes the line that is written over. */
    void clear() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }
}
