package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement that is put together, with its parameters. For one thread. */
final class Sql {

    private final StringBuilder text;
    private final List<Object> parameters = new ArrayList<>();

    Sql(String beginning) {
        this.text = new StringBuilder(beginning);
    }

    /** Goes on with a piece that has as many question marks as parameters: numbers, texts, byte arrays. */
    void add(String piece, Object... values) {
        text.append(piece);
        Collections.addAll(parameters, values);
    }

    /** Goes on with all of another. */
    void add(Sql other) {
        text.append(other.text);
        parameters.addAll(other.parameters);
    }

    /** Gives the next question mark its parameter. */
    Sql with(Object value) {
        parameters.add(value);
        return this;
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            return statement;
        } catch (SQLException failed) {
            statement.close();
            throw failed;
        }
    }
}
