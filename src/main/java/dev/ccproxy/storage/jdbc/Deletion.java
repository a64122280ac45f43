package dev.ccproxy.storage.jdbc;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/**
 * Deletes every exchange that had ended when it began, in slices between which recording goes on. For the writer
 * thread, but for the result.
 */
final class Deletion {

    private static final int SLICE = 500;

    private enum Step {
        EXCHANGES,
        CONTENTS,
        PAGES,
        DONE
    }

    private final CompletableFuture<Long> deleted = new CompletableFuture<>();
    private Step step = Step.EXCHANGES;
    private long lastRow = -1;
    private long count;

    CompletableFuture<Long> deleted() {
        return deleted;
    }

    boolean done() {
        return deleted.isDone();
    }

    void fail(Throwable why) {
        deleted.completeExceptionally(why);
    }

    /** One short transaction. */
    void slice(WriteSession session) throws SQLException {
        session.begin();
        try {
            step = work(session);
            session.commit();
        } catch (SQLException failed) {
            session.rollback();
            throw failed;
        }
        if (step == Step.DONE) {
            deleted.complete(count);
        }
    }

    private Step work(WriteSession session) throws SQLException {
        return switch (step) {
            case EXCHANGES -> {
                if (lastRow < 0) {
                    lastRow = session.lastRow();
                }
                long rows = session.deleteEnded(lastRow, SLICE);
                count += rows;
                yield rows < SLICE ? Step.CONTENTS : Step.EXCHANGES;
            }
            case CONTENTS -> session.deleteUnusedContents(SLICE) < SLICE ? Step.PAGES : Step.CONTENTS;
            case PAGES -> session.shrink() ? Step.PAGES : Step.DONE;
            case DONE -> Step.DONE;
        };
    }
}
