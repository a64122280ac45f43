package dev.ccproxy.storage.jdbc;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A small change of the database in one transaction. For the writer thread, but for the result. */
final class Edit implements Chore {

    /** What is changed; false when what it is about is not there. */
    @FunctionalInterface
    interface Change {
        boolean apply(WriteSession session) throws SQLException;
    }

    private final CompletableFuture<Boolean> applied = new CompletableFuture<>();
    private final Change change;

    Edit(Change change) {
        this.change = change;
    }

    CompletableFuture<Boolean> applied() {
        return applied;
    }

    @Override
    public void slice(WriteSession session) throws SQLException {
        applied.complete(session.transaction(() -> change.apply(session)));
    }

    @Override
    public boolean done() {
        return applied.isDone();
    }

    @Override
    public void fail(Throwable why) {
        applied.completeExceptionally(why);
    }
}
