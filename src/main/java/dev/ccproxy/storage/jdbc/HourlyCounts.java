package dev.ccproxy.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes exchanges that are deleted out of what is counted by the hour: calls of tools, times to the first content. */
final class HourlyCounts {

    private static final String DOOMED = " IN (SELECT id FROM doomed)";

    /** Those that were recorded before all of the tools were kept have the first. */
    private record Gone(long hour, String model, @Nullable Long micros, List<String> tools) {}

    private HourlyCounts() {}

    /** Before the rows in {@code doomed} go. */
    static void takeBack(Connection connection) throws SQLException {
        List<Gone> gone = Rows.list(
                connection,
                new Sql("SELECT started_at / 3600000, coalesce(model, requested_model, ''), content_micros,"
                        + " coalesce(tools, tool) FROM exchange WHERE id" + DOOMED
                        + " AND (content_micros IS NOT NULL OR tool IS NOT NULL)"),
                HourlyCounts::gone);
        try (PreparedStatement time =
                        connection.prepareStatement("UPDATE rollup_first_content SET exchanges = exchanges - 1"
                                + " WHERE hour = ? AND model = ? AND bucket = ?");
                PreparedStatement call = connection.prepareStatement(
                        "UPDATE rollup_tool SET calls = calls - 1 WHERE hour = ? AND tool = ?")) {
            for (Gone each : gone) {
                takeBack(time, call, each);
            }
        }
        String hours = " AND hour IN (SELECT started_at / 3600000 FROM exchange WHERE id" + DOOMED + ")";
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM rollup_first_content WHERE exchanges <= 0" + hours);
            statement.executeUpdate("DELETE FROM rollup_tool WHERE calls <= 0" + hours);
        }
    }

    private static void takeBack(PreparedStatement time, PreparedStatement call, Gone gone) throws SQLException {
        if (gone.micros() != null) {
            time.setLong(1, gone.hour());
            time.setString(2, gone.model());
            time.setInt(3, FirstContents.bucket(Duration.of(gone.micros(), ChronoUnit.MICROS)));
            time.executeUpdate();
        }
        for (String tool : gone.tools()) {
            call.setLong(1, gone.hour());
            call.setString(2, tool);
            call.executeUpdate();
        }
    }

    private static Gone gone(ResultSet row) throws SQLException {
        long micros = row.getLong(3);
        Long known = row.wasNull() ? null : micros;
        return new Gone(
                row.getLong(1),
                row.getString(2),
                known,
                Objects.requireNonNullElse(row.getString(4), "").lines().toList());
    }
}
