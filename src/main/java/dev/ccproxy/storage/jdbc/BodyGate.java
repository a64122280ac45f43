package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.Losses;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether bodies are taken: not for five seconds after the database refused a commit, and not while the disk is
 * nearly full, so that what is known about exchanges still finds room. For the writer thread.
 */
final class BodyGate {

    private static final Logger LOG = LoggerFactory.getLogger(BodyGate.class);
    private static final long REFUSED_NANOS = Duration.ofSeconds(5).toNanos();

    private final WriteQueue queue;
    private final FreeSpace space;
    private final Losses losses;
    private FreeSpace.Level level = FreeSpace.Level.ENOUGH;
    private long refusedAtNanos;
    private boolean refused;

    BodyGate(WriteQueue queue, FreeSpace space, Losses losses) {
        this.queue = queue;
        this.space = space;
        this.losses = losses;
    }

    /** The database cannot take them now. */
    void refuse(String why) {
        LOG.debug("bodies are refused: {}", why);
        queue.refuseContents(why);
        refused = true;
        refusedAtNanos = System.nanoTime();
    }

    /** To be called now and then. */
    void tick() {
        FreeSpace.Level now = space.level();
        if (now == FreeSpace.Level.TIGHT) {
            refuse(space.describe());
            losses.trouble(space.describe());
        } else if (now == FreeSpace.Level.LOW && level == FreeSpace.Level.ENOUGH) {
            LOG.warn("store=low_space problem=\"{}\"", space.describe());
        }
        level = now;
        if (refused && System.nanoTime() - refusedAtNanos > REFUSED_NANOS) {
            refused = false;
            queue.refuseContents(null);
        }
    }
}
