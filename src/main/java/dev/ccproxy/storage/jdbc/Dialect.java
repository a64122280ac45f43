package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Everything in which databases differ: statements, and what their failures mean. All other SQL in this package is the
 * same for all of them: conflict targets are written out, conditions on a row value, {@code RETURNING} and
 * {@code UPDATE ... FROM} are used, driver conveniences are not. Safe for all threads.
 */
interface Dialect {

    /** What a failed statement says about the next one. */
    enum Fault {
        /** This statement cannot succeed; others may. */
        STATEMENT,
        /** Disk, lock, file or connection: the same statement may succeed later. */
        SURROUNDINGS,
        /** The disk is full. */
        FULL,
        /** The database itself is damaged. */
        CORRUPT
    }

    /** Folder of the numbered files that make the schema, such as {@code sqlite}. */
    String scripts();

    /** Begins a transaction that will write, so that it need not wait for a lock half-way. */
    String beginWriting();

    /** The column's text with the letters A to Z in lower case, and no others. */
    String lower(String column);

    /** A condition: the column's text contains the parameter, which is in lower case, whatever its own case. */
    String contains(String column);

    Fault fault(SQLException failure);

    /**
     * Writes what stands in a log beside the database into it, so that nothing of it is left there; outside a transaction.
     * False when somebody reads who needs it.
     */
    boolean emptyLog(Connection connection) throws SQLException;

    /** Gives some free space back to the file system; false when there is no more. Outside or inside a transaction. */
    boolean shrink(Connection connection) throws SQLException;
}
