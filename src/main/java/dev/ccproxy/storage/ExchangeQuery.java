package dev.ccproxy.storage;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param cursor the {@code next} of the page before; null for the first page
 * @param skip rows to leave out first: only for the original's page numbers
 */
public record ExchangeQuery(
        ExchangeFilter filter, int limit, @Nullable String cursor, int skip) {

    public static ExchangeQuery newest(int limit) {
        return new ExchangeQuery(ExchangeFilter.ALL, limit, null, 0);
    }
}
