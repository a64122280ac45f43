package dev.ccproxy.storage.jdbc;

import java.sql.SQLException;

/** Work of the writer thread beside recording, done in slices of some 20 ms between commits. */
interface Chore {

    /** One short transaction. */
    void slice(WriteSession session) throws SQLException;

    boolean done();

    /** Whether it can do nothing now, and should try again a little later. */
    default boolean waits() {
        return false;
    }

    /** It cannot go on. From any thread. */
    void fail(Throwable why);
}
