package dev.ccproxy.storage.jdbc;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How much room the database's file system has left, asked for at most once a second. Safe for all threads. */
final class FreeSpace {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * Where trouble begins.
     *
     * @param lowBytes below it what is too old must not wait
     * @param tightBytes below it no bodies are stored
     */
    record Limits(long lowBytes, long tightBytes) {

        private static final Limits USUAL = new Limits(500L << 20, 200L << 20);

        /** 500 and 200 MiB; a quarter and a tenth where the whole file system is small. */
        static Limits of(Path folder) {
            try {
                long total = Files.getFileStore(folder).getTotalSpace();
                return new Limits(Math.min(USUAL.lowBytes(), total / 4), Math.min(USUAL.tightBytes(), total / 10));
            } catch (IOException unknown) {
                return USUAL;
            }
        }
    }

    /** What the room is good for. */
    enum Level {
        ENOUGH,
        LOW,
        TIGHT
    }

    private final Path folder;
    private final Limits limits;
    private long freeBytes;
    private long askedAtNanos;

    FreeSpace(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
        this.freeBytes = ask();
    }

    synchronized Level level() {
        if (System.nanoTime() - askedAtNanos > FRESH_NANOS) {
            freeBytes = ask();
        }
        if (freeBytes < limits.tightBytes()) {
            return Level.TIGHT;
        }
        return freeBytes < limits.lowBytes() ? Level.LOW : Level.ENOUGH;
    }

    /** The last answer, for people. */
    synchronized String describe() {
        return "the disk has " + (freeBytes >> 20) + " MiB left: below " + (limits.lowBytes() >> 20)
                + " MiB retention, where it is set, looks each minute for what is too old; no bodies are stored below "
                + (limits.tightBytes() >> 20) + " MiB";
    }

    /** A file system that does not say has enough: the database itself will complain. */
    private long ask() {
        askedAtNanos = System.nanoTime();
        try {
            FileStore store = Files.getFileStore(folder);
            return store.getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }
}
