package dev.ccproxy.storage.jdbc;

import dev.ccproxy.config.RetentionSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what is deleted by itself: exchanges and bodies that are too old, looked for once an hour, or each minute while
 * the disk has little room, and the oldest exchanges while the database is too large, looked at once a minute. Sessions with
 * a starred exchange are left alone. For the writer thread.
 */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long AGES_NANOS = Duration.ofHours(1).toNanos();
    private static final long SIZE_NANOS = Duration.ofMinutes(1).toNanos();

    /** How far below the limit the size is brought, so that there is no deletion each minute. */
    private static final double REACHED = 0.95;

    private final RetentionSettings settings;
    private final Dialect dialect;
    private final FreeSpace space;
    private final Clock clock;
    private final Condemned condemned;
    private final Dictionaries dictionaries;
    private final ArrayDeque<Deletion> planned = new ArrayDeque<>();
    private final LongSupplier nanoTime;
    private long lastAges;
    private long nextSize;
    private boolean resumed;
    private @Nullable Deletion forSize;

    Retention(
            RetentionSettings settings,
            Dialect dialect,
            FreeSpace space,
            Clock clock,
            LongSupplier nanoTime,
            Condemned condemned,
            Dictionaries dictionaries) {
        this.settings = settings;
        this.dialect = dialect;
        this.space = space;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lastAges = nanoTime.getAsLong() - AGES_NANOS;
        this.nextSize = nanoTime.getAsLong();
        this.condemned = condemned;
        this.dictionaries = dictionaries;
    }

    /** The next deletion that is due; null when there is none. */
    @Nullable
    Deletion next(CommitLadder ladder) {
        long now = nanoTime.getAsLong();
        try {
            if (planned.isEmpty() && now - lastAges >= (isLow() ? SIZE_NANOS : AGES_NANOS)) {
                lastAges = now;
                planAges(ladder.session().connection());
            }
            if (planned.isEmpty() && (now - nextSize >= 0 || hasDeletedForSize())) {
                nextSize = now + SIZE_NANOS;
                planSize(ladder.session().connection());
            }
        } catch (SQLException | RuntimeException later) {
            LOG.warn("retention=postponed problem=\"{}\"", later.toString());
        }
        return planned.poll();
    }

    private boolean isLow() {
        return space.level() != FreeSpace.Level.ENOUGH;
    }

    private void planAges(Connection connection) throws SQLException {
        if (!resumed) {
            resumed = true;
            if (number(connection, "SELECT count(*) FROM gc_queue") > 0) {
                planned.add(deletion(new DoomedByAge(0, 0), Deletion.Extent.EVERYTHING));
            }
        }
        settings.age()
                .ifPresent(age -> planned.add(
                        deletion(new DoomedByAge(before(age), Long.MAX_VALUE), Deletion.Extent.EVERYTHING)));
        settings.bodiesAge()
                .ifPresent(age ->
                        planned.add(deletion(new DoomedByAge(before(age), Long.MAX_VALUE), Deletion.Extent.BODIES)));
    }

    /** As many of the oldest as have, on average, the size that is too much; then it is measured again. */
    private void planSize(Connection connection) throws SQLException {
        forSize = null;
        if (settings.sizeBytes().isEmpty()) {
            return;
        }
        long limit = settings.sizeBytes().get();
        long used = dialect.usedBytes(connection);
        long exchanges = number(connection, "SELECT coalesce(sum(exchanges), 0) FROM model_count");
        if (used <= limit || exchanges == 0) {
            return;
        }
        double share = (used - limit * REACHED) / used;
        long most = Math.max(1, (long) Math.ceil(exchanges * share));
        Deletion deletion = deletion(new DoomedByAge(Long.MAX_VALUE, most), Deletion.Extent.EVERYTHING);
        forSize = deletion;
        planned.add(deletion);
    }

    /** Then the next measuring need not wait. */
    private boolean hasDeletedForSize() {
        Deletion last = forSize;
        return last != null
                && last.deleted().isDone()
                && !last.deleted().isCompletedExceptionally()
                && last.deleted().join() > 0;
    }

    private Deletion deletion(Doomed doomed, Deletion.Extent extent) {
        return new Deletion(doomed, extent, condemned, dictionaries, _ -> {});
    }

    private long before(Duration age) {
        return clock.millis() - age.toMillis();
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
