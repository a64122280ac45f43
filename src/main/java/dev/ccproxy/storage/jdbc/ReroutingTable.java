package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.UpstreamLegs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes where exchanges went that a rule sent elsewhere. For the writer thread. */
final class ReroutingTable {

    private final PreparedStatement insert;

    ReroutingTable(Connection connection) throws SQLException {
        this.insert = connection.prepareStatement(
                "INSERT OR REPLACE INTO rerouting(exchange_id, agent, status, losses, failed) VALUES (?, ?, ?, ?, ?)");
    }

    void write(long exchangeRow, UpstreamLegs legs) throws SQLException {
        insert.setLong(1, exchangeRow);
        insert.setString(2, legs.route().agent());
        insert.setObject(3, legs.status());
        insert.setString(4, String.join(" ", legs.losses()));
        insert.setString(5, FailedAttempts.text(legs.failed()));
        insert.executeUpdate();
    }
}
