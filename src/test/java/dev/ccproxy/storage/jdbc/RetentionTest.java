package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.RetentionSettings;
import dev.ccproxy.storage.Losses;
import dev.ccproxy.storage.MemoryBudget;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When it is looked for what is too old; what is deleted then: {@link DeletionTest}. */
class RetentionTest {

    private static final FreeSpace.Limits ENOUGH = new FreeSpace.Limits(0, 0);
    private static final FreeSpace.Limits LOW = new FreeSpace.Limits(Long.MAX_VALUE, 0);

    @TempDir
    private Path folder;

    private final Dialect dialect = new SqliteDialect();
    private final AtomicLong nanoTime = new AtomicLong(7);

    @Test
    void whereTheDiskHasRoomItIsLookedEachHour() throws Exception {
        withRetention(ENOUGH, (retention, ladder) -> {
            assertThat(retention.next(ladder)).as("at the start").isNotNull();
            assertThat(retention.next(ladder)).isNull();
            pass(Duration.ofMinutes(59));
            assertThat(retention.next(ladder)).isNull();
            pass(Duration.ofMinutes(1));
            assertThat(retention.next(ladder)).isNotNull();
        });
    }

    @Test
    void onALowDiskItIsLookedEachMinute() throws Exception {
        withRetention(LOW, (retention, ladder) -> {
            assertThat(retention.next(ladder)).as("at the start").isNotNull();
            for (int minute = 0; minute < 3; minute++) {
                pass(Duration.ofSeconds(59));
                assertThat(retention.next(ladder)).isNull();
                pass(Duration.ofSeconds(1));
                assertThat(retention.next(ladder)).isNotNull();
            }
        });
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private interface Look {
        void at(Retention retention, CommitLadder ladder);
    }

    private void withRetention(FreeSpace.Limits limits, Look look) throws Exception {
        DatabaseFile file = new DatabaseFile(folder.resolve("test.db"), dialect);
        MemoryBudget budget = new MemoryBudget(8 << 20);
        SqliteStore.open(file.path(), budget).close();
        FreeSpace space = new FreeSpace(folder, limits);
        Condemned condemned = new Condemned(1 << 20);
        Losses losses = new Losses("test", nanoTime::get);
        WriteQueue queue = new WriteQueue(budget, losses);
        RetentionSettings settings =
                new RetentionSettings(Optional.of(Duration.ofDays(30)), Optional.empty(), Optional.empty());
        try (ReadConnections connections = new ReadConnections(file);
                Dictionaries dictionaries = new Dictionaries(connections);
                CommitLadder ladder = new CommitLadder(
                        new OneSession(file, dialect, condemned),
                        dialect,
                        queue,
                        new BodyGate(queue, space, losses),
                        losses)) {
            look.at(
                    new Retention(settings, dialect, space, Clock.systemUTC(), nanoTime::get, condemned, dictionaries),
                    ladder);
        }
    }

    private record OneSession(DatabaseFile file, Dialect dialect, Condemned condemned)
            implements CommitLadder.Sessions {
        @Override
        public WriteSession open() {
            try {
                return new WriteSession(file.openForWriting(), file, dialect, 1, 1 << 20, condemned);
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void moveAside(@Nullable SQLException why) {
            throw new IllegalStateException(why);
        }
    }
}
