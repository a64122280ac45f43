package dev.ccproxy.storage.jdbc;

import dev.ccproxy.search.Words;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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

    /** Whether there is an index of words. */
    boolean indexesWords(Connection connection) throws SQLException;

    /** Enters a row's id and its words, with spaces between them, into an index of words. */
    String enterWords(String index);

    /** A condition on the rows of an index of words: they have what the parameter, {@link #wordsText}, says. */
    String hasWords(String index);

    /** All of these words. */
    String wordsText(List<Words.Sought> words);

    /**
     * Takes words of deleted rows out of the bytes of the indexes, some at a time, inside a transaction; false when there are
     * none left. The argument says whether this is the first time after a deletion.
     */
    boolean tidyWords(Connection connection, boolean first) throws SQLException;

    Fault fault(SQLException failure);

    /**
     * Writes what stands in a log beside the database into it, so that nothing of it is left there; outside a transaction.
     * False when somebody reads who needs it.
     */
    boolean emptyLog(Connection connection) throws SQLException;

    /** What the database takes on disk, but for free space inside it. */
    long usedBytes(Connection connection) throws SQLException;

    /** Gives some free space back to the file system; false when there is no more. Outside or inside a transaction. */
    boolean shrink(Connection connection) throws SQLException;
}
