package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.UpstreamLegs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes where exchanges went that a rule sent elsewhere. For the writer thread. */
final class ReroutingTable {

    private final PreparedStatement insert;
    private final PreparedStatement name;

    ReroutingTable(Connection connection) throws SQLException {
        this.insert = connection.prepareStatement(
                "INSERT OR REPLACE INTO rerouting(exchange_id, agent, status, losses) VALUES (?, ?, ?, ?)");
        this.name = connection.prepareStatement(
                "UPDATE exchange SET provider = ?, rule = ?, routed_model = ? WHERE id = ?");
    }

    void write(long exchangeRow, UpstreamLegs legs) throws SQLException {
        insert.setLong(1, exchangeRow);
        insert.setString(2, legs.route().agent());
        insert.setObject(3, legs.status());
        insert.setString(4, String.join(" ", legs.losses()));
        insert.executeUpdate();
        name.setString(1, legs.route().provider());
        name.setString(2, legs.route().rule());
        name.setString(3, legs.route().model());
        name.setLong(4, exchangeRow);
        name.executeUpdate();
    }
}
