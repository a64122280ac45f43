package dev.ccproxy.storage;

import java.time.Instant;
import java.util.List;

/** The time series of rate limits. Blocking, safe for all threads; throws {@link StoreException}. */
public interface LimitReader {

    /** Readings of all limits since then, each limit's together and oldest first: at most one for each five minutes. */
    List<LimitReading> since(Instant from);

    /** The latest reading of each limit, however old. */
    List<LimitReading> latest();
}
