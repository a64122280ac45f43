package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Facts about the database as a whole: how often it was started, and the key that hides credentials. */
record Meta(long boot, Bytes redactionKey) {

    /**
     * Counts a start, makes the key where there is none yet, and marks what an earlier start left running as
     * interrupted.
     */
    static Meta begin(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(dialect.beginWriting());
            try {
                byte[] fresh = new byte[32];
                new SecureRandom().nextBytes(fresh);
                insertKey(connection, fresh);
                statement.execute("INSERT INTO meta(name, value) VALUES ('boot', 1)"
                        + " ON CONFLICT(name) DO UPDATE SET value = meta.value + 1");
                Dictionaries.install(connection);
                interrupt(statement);
                Meta meta = read(connection);
                statement.execute("COMMIT");
                return meta;
            } catch (SQLException failed) {
                statement.execute("ROLLBACK");
                throw failed;
            }
        }
    }

    /** Makes a database that was begun anew during this start go on with the same facts. */
    void carryOver(Connection connection) throws SQLException {
        if (hasKey(connection)) {
            // Not even an attempt to write: a connection can be opened while the database is locked or the disk full.
            return;
        }
        Dictionaries.install(connection);
        insertKey(connection, redactionKey.toByteArray());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO meta(name, value) VALUES ('boot', ?) ON CONFLICT(name) DO NOTHING")) {
            insert.setLong(1, boot);
            insert.executeUpdate();
        }
    }

    /** They end here, for the sums too. */
    private static void interrupt(Statement statement) throws SQLException {
        statement.execute("""
                INSERT INTO rollup(hour, model, kind, thread_id, client_id, exchanges, failed, input_tokens,
                  output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens)
                SELECT started_at / 3600000, coalesce(requested_model, ''), kind, thread_id, client_id, count(*),
                  count(*), 0, 0, 0, 0, 0
                FROM exchange WHERE outcome = 'running' GROUP BY 1, 2, 3, 4, 5
                ON CONFLICT(hour, model, kind, thread_id, client_id) DO UPDATE SET
                  exchanges = rollup.exchanges + excluded.exchanges, failed = rollup.failed + excluded.failed""");
        statement.execute("""
                UPDATE thread SET failed = thread.failed + cut.n
                FROM (SELECT thread_id, count(*) AS n FROM exchange WHERE outcome = 'running' GROUP BY 1) AS cut
                WHERE thread.id = cut.thread_id""");
        statement.execute("UPDATE exchange SET outcome = 'interrupted' WHERE outcome = 'running'");
    }

    private static boolean hasKey(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM meta WHERE name = 'redaction_key'")) {
            return row.next();
        }
    }

    private static void insertKey(Connection connection, byte[] key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO meta(name, value) VALUES ('redaction_key', ?) ON CONFLICT(name) DO NOTHING")) {
            insert.setBytes(1, key);
            insert.executeUpdate();
        }
    }

    private static Meta read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT (SELECT value FROM meta WHERE name = 'boot'),"
                        + " (SELECT value FROM meta WHERE name = 'redaction_key')")) {
            row.next();
            return new Meta(row.getLong(1), Bytes.wrap(row.getBytes(2)));
        }
    }
}
