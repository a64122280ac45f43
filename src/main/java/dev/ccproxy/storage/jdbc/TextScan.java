package dev.ccproxy.storage.jdbc;

import dev.ccproxy.query.Query;
import dev.ccproxy.search.Needles;
import dev.ccproxy.storage.SearchPage;
import dev.ccproxy.storage.TextSearch;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Searches without an index: looks through what requests brought and through answers, newest first, until the page is full
 * or its time is over. Everything that was sent again and again is stored once and looked at once, so that even many
 * exchanges are few bytes. Safe for all threads.
 */
final class TextScan implements TextSearch {

    /** Each may hold a few bodies. */
    private static final int MOST_AT_ONCE = 2;

    private final Recorded recorded;
    private final Duration most;
    private final Semaphore running = new Semaphore(MOST_AT_ONCE, true);

    /**
     * Over what is recorded.
     *
     * @param most after which nothing further is looked at
     */
    TextScan(Recorded recorded, Duration most) {
        this.recorded = recorded;
        this.most = most;
    }

    @Override
    public SearchPage search(Query query, int limit, @Nullable String cursor) throws InterruptedException {
        ScanCursor position = cursor == null ? ScanCursor.START : ScanCursor.parse(cursor);
        if (!query.wantsText()) {
            throw new IllegalArgumentException("no text to look for");
        }
        Needles needles = Needles.of(query);
        running.acquire();
        try (ScannedPage page = new ScannedPage(recorded, query, needles, position)) {
            return page.read(limit, System.nanoTime() + most.toNanos());
        } finally {
            running.release();
        }
    }
}
