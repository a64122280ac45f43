package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.storage.jdbc.ThreadTable.ThreadRow;
import java.util.Objects;

/**
 * The row of an exchange that still runs.
 *
 * @param countedModel under which it is counted; empty where none is known
 */
record OpenRow(long id, long client, ThreadRow thread, String countedModel) {

    /** The same row after what a summary has changed. */
    OpenRow as(ExchangeSummary summary, ThreadRow now) {
        return new OpenRow(id, client, now, modelOf(summary));
    }

    static String modelOf(ExchangeSummary summary) {
        return Objects.requireNonNullElse(summary.requestedModel(), "");
    }
}
