package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.session.Turn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user prompt and what it caused.
 *
 * @param turn null for what belongs to no prompt
 * @param exchanges oldest first; not more than {@link #MOST_EXCHANGES}
 * @param sums of all of them
 */
public record StoredTurn(@Nullable Turn turn, Instant first, Instant last, List<ExchangeSummary> exchanges, Sums sums) {

    public static final int MOST_EXCHANGES = 1_000;

    public StoredTurn {
        exchanges = List.copyOf(exchanges);
    }
}
