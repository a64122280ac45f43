package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    private static final String FIRST = "CREATE TABLE a(x INTEGER); -- one\nINSERT INTO a VALUES (1);";
    private static final String SECOND = "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1;";
    private static final String BROKEN = "CREATE TABLE b(x INTEGER); INSERT INTO nowhere VALUES (1);";

    private final Dialect dialect = new SqliteDialect();

    @TempDir
    private Path directory;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("test.db"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void migrate(String... scripts) throws SQLException {
        new Migrations(dialect, List.of(scripts)).run(connection);
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void eachScriptIsAppliedOnceAndDataIsCarriedOver() throws SQLException {
        migrate(FIRST);
        migrate(FIRST, SECOND);
        migrate(FIRST, SECOND);

        assertThat(column("SELECT y FROM a")).containsExactly("2");
        assertThat(column("SELECT version FROM schema_version")).containsExactly("1", "2");
        assertThat(new Migrations(dialect, List.of(FIRST, SECOND)).isUpToDate(connection))
                .isTrue();
        assertThat(new Migrations(dialect, List.of(FIRST, SECOND, BROKEN)).isUpToDate(connection))
                .isFalse();
    }

    @Test
    void aScriptThatFailsLeavesTheVersionBefore() throws SQLException {
        assertThatThrownBy(() -> migrate(FIRST, BROKEN)).isInstanceOf(SQLException.class);

        assertThat(column("SELECT version FROM schema_version")).containsExactly("1");
        assertThat(column("SELECT name FROM sqlite_master WHERE type = 'table'"))
                .doesNotContain("b");
        migrate(FIRST, SECOND);
        assertThat(column("SELECT y FROM a")).containsExactly("2");
    }

    @Test
    void aNewerDatabaseIsRefusedAndUntouched() throws SQLException {
        migrate(FIRST, SECOND);

        assertThatThrownBy(() -> migrate(FIRST))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_NEW))
                .hasMessageContaining("schema version 2, this program knows 1: start the newer program again");
        assertThat(column("SELECT y FROM a")).containsExactly("2");
    }

    @Test
    void aScriptThatIsNotTheOneAppliedIsRefused() throws SQLException {
        migrate(FIRST);

        assertThatThrownBy(() -> migrate(FIRST + " ", SECOND))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("its schema 1 is another one");
        assertThat(column("SELECT version FROM schema_version")).containsExactly("1");
    }

    @Test
    void aGapAmongTheVersionsIsRefused() throws SQLException {
        migrate(FIRST, SECOND);
        execute("DELETE FROM schema_version WHERE version = 1");

        assertThatThrownBy(() -> migrate(FIRST, SECOND))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("names schema version 2 as applied but not 1");
    }

    @Test
    void theProgramsOwnScriptsMakeADatabaseThatIsUpToDate() throws SQLException {
        Migrations own = Migrations.of(dialect);
        own.run(connection);

        assertThat(own.isUpToDate(connection)).isTrue();
        assertThat(column("SELECT name FROM sqlite_master WHERE type = 'table'"))
                .contains("exchange", "pack");
    }
}
