package dev.ccproxy.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What models were used for and what it cost, from sums by the hour: no exchange is read, however many there are.
 * Blocking, safe for all threads. Throws {@link StoreException} when the database cannot answer.
 */
public interface UsageReader {

    /** Exchanges that began within whole hours from {@code from} to before {@code to}, in stretches of whole hours. */
    List<UsagePoint> usage(Instant from, Instant to, Duration stretch, Dimension dimension);

    /** The most used model first. */
    List<FirstContentTimes> firstContents(Instant from, Instant to);

    /** The most called first, at most 50. */
    List<ToolCount> tools(Instant from, Instant to);

    /** Sessions with an exchange that began since then or still runs, the latest active first, at most 50. */
    List<ActiveSession> active(Instant since);
}
