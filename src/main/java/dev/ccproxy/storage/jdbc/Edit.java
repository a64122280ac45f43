package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A small change of the database in one transaction. For the writer thread, but for the result. */
final class Edit implements Chore {

    /** What is changed; false when what it is about is not there. */
    @FunctionalInterface
    interface Change {
        boolean apply(Connection connection) throws SQLException;
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
        boolean found;
        session.begin();
        try {
            found = change.apply(session.connection());
            session.commit();
        } catch (SQLException | RuntimeException failed) {
            session.rollback();
            throw failed;
        }
        applied.complete(found);
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
