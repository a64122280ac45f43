package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.PromptVersion;
import dev.ccproxy.storage.PromptVersion.Part;
import dev.ccproxy.storage.PromptVersions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions of prompts, from the rows that are kept of them. */
final class SqlitePrompts implements PromptVersions {

    private static final String SELECT =
            "SELECT part, print, agent, first_at, last_at, first_id, last_id FROM prompt_version";

    private final ReadConnections connections;

    SqlitePrompts(ReadConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<PromptVersion> latest(int limit) {
        return list(new Sql(SELECT + " ORDER BY last_at DESC, part, print LIMIT ?").with(limit));
    }

    @Override
    public Optional<PromptVersion> find(Part part, long print, String agent) {
        return list(new Sql(
                                SELECT
                                        + " WHERE part = ? AND print = ? AND agent = coalesce(nullif(?, ''), agent) ORDER BY last_at DESC LIMIT 1")
                        .with(part.word())
                        .with(print)
                        .with(agent))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<PromptVersion> before(PromptVersion version) {
        return list(new Sql(SELECT + " WHERE part = ? AND agent = ? AND first_at < ? AND print <> ?"
                                + " ORDER BY first_at DESC LIMIT 1")
                        .with(version.part().word())
                        .with(version.agent())
                        .with(version.first().toEpochMilli())
                        .with(version.print()))
                .stream()
                .findFirst();
    }

    private List<PromptVersion> list(Sql sql) {
        return connections.read(connection -> Rows.list(connection, sql, SqlitePrompts::version));
    }

    private static PromptVersion version(ResultSet row) throws SQLException {
        return new PromptVersion(
                Part.ofWord(row.getString(1)).orElseThrow(),
                row.getLong(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                Cursor.idOf(row.getBytes(6)),
                Cursor.idOf(row.getBytes(7)));
    }
}
