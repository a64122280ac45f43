package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** One exchange, if it is there and has ended. */
record DoomedById(ExchangeId id) implements Doomed {

    @Override
    public Part next(Connection connection, int most) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM exchange WHERE public_id = ? AND outcome <> 'running'")) {
            select.setBytes(1, Cursor.idBytes(id));
            try (ResultSet row = select.executeQuery()) {
                return new Part(row.next() ? List.of(row.getLong(1)) : List.of(), true);
            }
        }
    }
}
