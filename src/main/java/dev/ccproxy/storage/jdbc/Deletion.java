package dev.ccproxy.storage.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

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

    /** What a slice should take; one statement too many is let pass. */
    private static final long SLICE_NANOS = Duration.ofMillis(20).toNanos();

    private static final int MOST_ROWS = 512;
    private static final int FEWEST_ROWS = 8;

    private enum Step {
        ROWS,
        LISTS,
        SEGMENTS,
        SPACE,
        DONE
    }

    private final CompletableFuture<Long> deleted = new CompletableFuture<>();
    private final Doomed doomed;
    private final Extent extent;
    private final SegmentCandidates candidates;
    private final Dictionaries dictionaries;
    private final LongConsumer progress;
    private final Set<Long> threads = new LinkedHashSet<>();
    private Step step = Step.ROWS;
    private Sweep sweep;
    private boolean allFound;
    private int rows = 64;
    private long count;

    /**
     * Prepares a deletion.
     *
     * @param progress is told how many are deleted so far
     */
    Deletion(
            Doomed doomed,
            Extent extent,
            SegmentCandidates candidates,
            Dictionaries dictionaries,
            LongConsumer progress) {
        this.doomed = doomed;
        this.extent = extent;
        this.candidates = candidates;
        this.dictionaries = dictionaries;
        this.sweep = new Sweep(candidates, dictionaries);
        this.progress = progress;
    }

    /** How many exchanges, or bodies, were deleted; when everything else is done too. */
    CompletableFuture<Long> deleted() {
        return deleted;
    }

    @Override
    public boolean done() {
        return deleted.isDone();
    }

    @Override
    public void fail(Throwable why) {
        deleted.completeExceptionally(why);
    }

    @Override
    public void slice(WriteSession session) throws SQLException {
        long begun = System.nanoTime();
        session.begin();
        try {
            step = work(session, begun + SLICE_NANOS);
            session.commit();
        } catch (SQLException | RuntimeException | OutOfMemoryError failed) {
            session.rollback();
            candidates.forget();
            throw failed;
        }
        if (step == Step.DONE) {
            session.dialect().emptyLog(session.connection());
            deleted.complete(count);
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
            case SPACE -> session.dialect().shrink(session.connection()) ? Step.SPACE : Step.DONE;
            case DONE -> Step.DONE;
        };
    }

    private Step deleteRows(WriteSession session, long deadlineNanos) throws SQLException {
        Doomed.Part part = doomed.next(session.connection(), rows);
        if (!part.rows().isEmpty()) {
            Eraser eraser = new Eraser(session.connection(), candidates);
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
        return allFound || candidates.isFull() ? Step.LISTS : Step.ROWS;
    }

    /** Rows that are left because too many segments were condemned come after their sweep. */
    private Step endSweep() {
        sweep = new Sweep(candidates, dictionaries);
        return allFound ? Step.SPACE : Step.ROWS;
    }

    private Step deleteLists(WriteSession session, long deadlineNanos) throws SQLException {
        Eraser eraser = new Eraser(session.connection(), candidates);
        boolean deletedAny = false;
        while (!threads.isEmpty() && System.nanoTime() < deadlineNanos) {
            long thread = threads.iterator().next();
            deletedAny |= eraser.deleteKeyframes(thread);
            threads.remove(thread);
        }
        if (deletedAny) {
            session.forget();
        }
        return threads.isEmpty() ? Step.SEGMENTS : Step.LISTS;
    }
}
