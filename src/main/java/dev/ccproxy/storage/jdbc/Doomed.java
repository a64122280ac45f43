package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Finds what is to be deleted, a part at a time. For the writer thread. */
interface Doomed {

    /**
     * Rows of exchanges that have ended.
     *
     * @param rows the ids of some, maybe none
     * @param last whether there are no more after them
     */
    record Part(List<Long> rows, boolean last) {
        public Part {
            rows = List.copyOf(rows);
        }
    }

    /** The next part, of at most that many rows. */
    Part next(Connection connection, int most) throws SQLException;
}
