package dev.ccproxy.storage.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes exchanges, or only their bodies, then the segments that nobody needs any more, then gives space back: in slices
 * between which recording goes on. What is running is never deleted. For the writer thread, but for the result.
 */
final class Deletion implements Chore {

    /** What is deleted of the exchanges that are found. */
    enum Extent {
        EVERYTHING,
        BODIES
    }

    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

    /** What a slice should take; one statement too many is let pass. */
    private static final long SLICE_NANOS = Duration.ofMillis(20).toNanos();

    /** Whoever waits for the result waits so long for readers. */
    private static final long LOG_PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int MOST_ROWS = 512;
    private static final int FEWEST_ROWS = 8;

    private enum Step {
        ROWS,
        LISTS,
        SEGMENTS,
        WORDS,
        SPACE,
        LOG,
        DONE
    }

    private final CompletableFuture<Long> deleted = new CompletableFuture<>();
    private final Doomed doomed;
    private final Extent extent;
    private final Condemned condemned;
    private final Dictionaries dictionaries;
    private final LongConsumer progress;
    private final Set<Long> threads = new LinkedHashSet<>();
    private Step step = Step.ROWS;
    private Sweep sweep;
    private @Nullable KeyframeSweep keyframes;
    private boolean allFound;
    private boolean tidying;
    private @Nullable Long logBusySince;
    private volatile boolean failed;
    private int rows = 64;
    private long count;

    /**
     * Prepares a deletion.
     *
     * @param progress is told how many are deleted so far
     */
    Deletion(Doomed doomed, Extent extent, Condemned condemned, Dictionaries dictionaries, LongConsumer progress) {
        this.doomed = doomed;
        this.extent = extent;
        this.condemned = condemned;
        this.dictionaries = dictionaries;
        this.sweep = new Sweep(condemned, dictionaries);
        this.progress = progress;
    }

    /** How many exchanges, or bodies, were deleted; when everything else is done too. */
    CompletableFuture<Long> deleted() {
        return deleted;
    }

    @Override
    public boolean done() {
        return failed || step == Step.DONE;
    }

    @Override
    public boolean waits() {
        return step == Step.LOG;
    }

    @Override
    public void fail(Throwable why) {
        failed = true;
        deleted.completeExceptionally(why);
    }

    @Override
    public void slice(WriteSession session) throws SQLException {
        long deadline = System.nanoTime() + SLICE_NANOS;
        try {
            if (step != Step.LOG) {
                step = session.transaction(() -> work(session, deadline));
            }
        } catch (Throwable failure) {
            condemned.forget();
            throw failure;
        }
        if (step == Step.LOG) {
            emptyLog(session);
        }
    }

    /** What was deleted stands in the log until then, and a long reader, such as a backup, may be in the way. */
    private void emptyLog(WriteSession session) throws SQLException {
        long now = System.nanoTime();
        if (session.dialect().emptyLog(session.connection())) {
            step = Step.DONE;
            deleted.complete(count);
        } else if (logBusySince == null) {
            logBusySince = now;
        } else if (now - logBusySince > LOG_PATIENCE_NANOS && deleted.complete(count)) {
            LOG.warn("store=log_busy: what was deleted leaves the write-ahead log when a long reader has ended");
        }
    }

    private Step work(WriteSession session, long deadlineNanos) throws SQLException {
        return switch (step) {
            case ROWS -> deleteRows(session, deadlineNanos);
            case LISTS -> deleteLists(session, deadlineNanos);
            case SEGMENTS -> {
                if (sweep.slice(session, deadlineNanos)) {
                    session.forget();
                }
                yield sweep.done() ? endSweep() : Step.SEGMENTS;
            }
            case WORDS -> tidyWords(session);
            case SPACE -> session.dialect().shrink(session.connection()) ? Step.SPACE : Step.LOG;
            case LOG, DONE -> step;
        };
    }

    private Step deleteRows(WriteSession session, long deadlineNanos) throws SQLException {
        Doomed.Part part = doomed.next(session.connection(), rows);
        if (!part.rows().isEmpty()) {
            Eraser eraser = new Eraser(session.connection(), condemned);
            switch (extent) {
                case EVERYTHING -> {
                    eraser.deleteExchanges(part.rows());
                    count += part.rows().size();
                    session.forget();
                }
                case BODIES -> count += eraser.deleteBodies(part.rows());
            }
            threads.addAll(eraser.threads());
            progress.accept(count);
        }
        boolean quick = System.nanoTime() < deadlineNanos - SLICE_NANOS / 2;
        boolean late = System.nanoTime() > deadlineNanos;
        rows = late ? Math.max(FEWEST_ROWS, rows / 2) : quick ? Math.min(MOST_ROWS, rows * 2) : rows;
        allFound = part.last();
        return allFound || condemned.isFull() ? Step.LISTS : Step.ROWS;
    }

    /** Rows that are left because too many segments were condemned come after their sweep. */
    private Step endSweep() {
        sweep = new Sweep(condemned, dictionaries);
        return allFound ? Step.WORDS : Step.ROWS;
    }

    private Step tidyWords(WriteSession session) throws SQLException {
        boolean more = session.dialect().tidyWords(session.connection(), !tidying);
        tidying = more;
        return more ? Step.WORDS : Step.SPACE;
    }

    private Step deleteLists(WriteSession session, long deadlineNanos) throws SQLException {
        KeyframeSweep begun = keyframes;
        if (begun == null) {
            begun = new KeyframeSweep(condemned, threads);
            keyframes = begun;
            threads.clear();
        }
        boolean deleted = begun.slice(session.connection(), deadlineNanos);
        if (begun.done()) {
            keyframes = null;
            deleted |= new Eraser(session.connection(), condemned).deleteEmpty();
        }
        if (deleted) {
            session.forget();
        }
        return begun.done() ? Step.SEGMENTS : Step.LISTS;
    }
}
