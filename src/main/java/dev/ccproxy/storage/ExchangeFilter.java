package dev.ccproxy.storage;

import org.jspecify.annotations.Nullable;

/**
 * Which exchanges a list shows.
 *
 * @param model only those whose requested model contains this text; null for all
 */
public record ExchangeFilter(@Nullable String model) {
    public static final ExchangeFilter ALL = new ExchangeFilter(null);
}
