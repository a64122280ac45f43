package dev.ccproxy.storage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds, and what that takes.
 *
 * @param fileBytes the database
 * @param logBytes what waits beside it to be written into it
 * @param freeBytes of {@code fileBytes}: free for what comes next
 * @param recordedBytes what was on the wire: requests and answers without their headers
 * @param oldest start of the oldest exchange; null where there is none
 */
public record StoreStatistics(
        long fileBytes,
        long logBytes,
        long freeBytes,
        long exchanges,
        long recordedBytes,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        List<Table> tables) {

    public StoreStatistics {
        tables = List.copyOf(tables);
    }

    /** A table with its indexes. */
    public record Table(String name, long rows, long bytes) {}
}
