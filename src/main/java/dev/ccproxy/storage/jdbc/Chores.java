package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for the writer thread beside events: small changes first, then deletions one after the other. Anybody may
 * add; the writer thread does the work.
 */
final class Chores {

    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private static final int WAIT_MILLIS = 100;

    private final ConcurrentLinkedDeque<Edit> edits = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<Deletion> deletions = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    void add(Edit edit) {
        edits.add(edit);
        failIfClosed();
    }

    void add(Deletion deletion) {
        deletions.add(deletion);
        failIfClosed();
    }

    /** How long to wait for events before the next slice, where nothing is to be done at most so long. */
    int idleMillis(int atMost) {
        Deletion next = deletions.peek();
        if (!edits.isEmpty() || (next != null && !next.waits())) {
            return 0;
        }
        return next == null ? atMost : Math.min(atMost, WAIT_MILLIS);
    }

    boolean deletes() {
        return !deletions.isEmpty();
    }

    /** Does a slice of what is first, if there is anything. */
    void slice(CommitLadder ladder) {
        Chore chore = edits.isEmpty() ? deletions.peek() : edits.peek();
        if (chore == null) {
            return;
        }
        try {
            chore.slice(ladder.session());
        } catch (Throwable failed) {
            // Whatever it is, even a lack of memory: recording must go on.
            LOG.warn("store=chore failed: {}", failed.toString());
            chore.fail(failed);
        }
        if (chore.done()) {
            edits.remove(chore);
            deletions.remove(chore);
        } else if (chore.waits() && deletions.remove(chore)) {
            deletions.add((Deletion) chore);
        }
    }

    /** What was not done never will be. */
    void close() {
        closed = true;
        failIfClosed();
    }

    /** Waits for the result of something that was added. */
    static <T> T await(Future<T> result) throws InterruptedException {
        try {
            return result.get();
        } catch (java.util.concurrent.ExecutionException failed) {
            throw new StoreException(
                    Reason.UNAVAILABLE, "the database was not changed: " + failed.getMessage(), failed);
        }
    }

    private void failIfClosed() {
        if (closed) {
            SQLException why = new SQLException("the store was closed");
            for (Edit edit = edits.poll(); edit != null; edit = edits.poll()) {
                edit.fail(why);
            }
            for (Deletion deletion = deletions.poll(); deletion != null; deletion = deletions.poll()) {
                deletion.fail(why);
            }
        }
    }
}
