package dev.ccproxy.exchange;

/**
 * Learns of every exchange. Called on event loops: implementations return at once, never block, never throw, and keep
 * what they hold bounded in bytes.
 */
@FunctionalInterface
public interface ExchangeListener {

    /** An exchange begins; the observer gets its events, one at a time, in order, until {@link ExchangeEvent.Ended}. */
    ExchangeObserver opened(Opened opened);
}
