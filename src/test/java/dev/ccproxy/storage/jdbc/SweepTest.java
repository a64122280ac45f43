package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one slice does, which the store does not show: nothing but how long the writer is held up. */
class SweepTest {

    private static final int PACKS = 40;

    @TempDir
    private Path directory;

    private final Dialect dialect = new SqliteDialect();
    private DatabaseFile file;

    /** A database whose sweep was cut off: all of its packs are queued. */
    @BeforeEach
    void queueAllPacks() throws Exception {
        file = new DatabaseFile(directory.resolve("test.db"), dialect);
        try (SqliteStore store = SqliteStore.open(file.path(), new MemoryBudget(8 << 20))) {
            for (int i = 0; i < PACKS; i++) {
                SampleExchange.now().writeAll(store.writer(), Bytes.utf8("request " + i), Bytes.utf8("answer"));
            }
            assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
        }
        try (Connection connection = file.openForWriting();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO gc_queue SELECT id FROM pack");
        }
    }

    @Test
    void aSliceThatIsLateReadsNoMoreThanOnePack() throws Exception {
        Condemned candidates = new Condemned(1 << 20);

        try (ReadConnections connections = new ReadConnections(file);
                Dictionaries dictionaries = new Dictionaries(connections);
                WriteSession session = new WriteSession(file.openForWriting(), file, dialect, 1, 1 << 20, candidates)) {
            Sweep sweep = new Sweep(candidates, dictionaries);
            while (!sweep.done()) {
                int before = candidates.packs().size();
                session.begin();
                sweep.slice(session, System.nanoTime());
                session.commit();
                assertThat(candidates.packs().size() - before).isLessThan(2);
            }
        }
    }

    /** With room for only a few candidates at a time the same is taken out, in several rounds. */
    @Test
    void aQueueThatIsLongerThanMemoryAllowsIsSweptInRounds() throws Exception {
        Condemned candidates = new Condemned(500);
        try (Connection connection = file.openForWriting();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE request_leg SET manifest = NULL, keyframe_id = NULL");
        }

        int most = 0;
        try (ReadConnections connections = new ReadConnections(file);
                Dictionaries dictionaries = new Dictionaries(connections);
                WriteSession session = new WriteSession(file.openForWriting(), file, dialect, 1, 1 << 20, candidates)) {
            Sweep sweep = new Sweep(candidates, dictionaries);
            while (!sweep.done()) {
                session.begin();
                sweep.slice(session, System.nanoTime());
                session.commit();
                most = Math.max(most, candidates.packs().size());
            }
        }

        assertThat(most).isBetween(2, 5);
        try (Connection connection = file.openForReading();
                Statement statement = connection.createStatement()) {
            assertThat(statement
                            .executeQuery("SELECT (SELECT count(*) FROM pack) + (SELECT count(*) FROM gc_queue)")
                            .getLong(1))
                    .isZero();
        }
    }
}
