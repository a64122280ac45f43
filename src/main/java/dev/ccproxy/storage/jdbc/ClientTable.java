package dev.ccproxy.storage.jdbc;

import dev.ccproxy.recent.RecentMap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Finds or makes the row that says who sent an exchange. For the writer thread. */
final class ClientTable {

    private static final int REMEMBERED = 1_024;

    private record Client(String address, String agent, String tokenName) {}

    private final PreparedStatement find;
    private final PreparedStatement insert;
    private final RecentMap<Client, Long> recent = new RecentMap<>(REMEMBERED);

    ClientTable(Connection connection) throws SQLException {
        this.find = connection.prepareStatement(
                "SELECT id FROM client WHERE tenant = 1 AND address = ? AND agent = ? AND token_name = ?");
        this.insert = connection.prepareStatement(
                "INSERT INTO client(address, agent, token_name) VALUES (?, ?, ?) RETURNING id");
    }

    /** @param tokenName empty for none */
    @SuppressWarnings("MissingSummary")
    long idOf(String address, String agent, String tokenName) throws SQLException {
        Client client = new Client(address, agent, tokenName);
        Long known = recent.get(client);
        if (known == null) {
            known = findOrInsert(client);
            recent.put(client, known);
        }
        return known;
    }

    /** What was remembered may not be in the database: a transaction failed, or rows were deleted. */
    void forget() {
        recent.clear();
    }

    private long findOrInsert(Client client) throws SQLException {
        find.setString(1, client.address());
        find.setString(2, client.agent());
        find.setString(3, client.tokenName());
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        insert.setString(1, client.address());
        insert.setString(2, client.agent());
        insert.setString(3, client.tokenName());
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
