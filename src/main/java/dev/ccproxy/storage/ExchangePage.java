package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next opaque cursor of the following page; null when this is the last
 */
public record ExchangePage(
        List<ExchangeSummary> items, @Nullable String next) {
    public ExchangePage {
        items = List.copyOf(items);
    }
}
