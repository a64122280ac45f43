package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.BodyFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The columns of a leg that are facts about its body. */
final class BodyColumns {

    private BodyColumns() {}

    /** Five columns of the leg under that alias. */
    static String of(String alias) {
        return "%1$s.wire_length, %1$s.sha256, %1$s.encoding, %1$s.state, %1$s.stored_length".formatted(alias);
    }

    /** Reads them; null while the body is still coming. */
    static @Nullable BodyFacts read(ResultSet row, int first) throws SQLException {
        String state = row.getString(first + 3);
        if (state == null) {
            return null;
        }
        byte[] sha256 = row.getBytes(first + 1);
        return new BodyFacts(
                row.getLong(first),
                sha256 == null ? null : Bytes.wrap(sha256),
                row.getString(first + 2),
                BodyFacts.State.ofWord(state),
                row.getLong(first + 4));
    }
}
