package dev.ccproxy.api;

import dev.ccproxy.exchange.ExchangeId;

/** Ends exchanges that run. Safe for all threads, returns at once. */
@FunctionalInterface
public interface ExchangeCanceller {

    /** Cancels the exchange; false when it does not run (any more). */
    boolean cancel(ExchangeId id);
}
