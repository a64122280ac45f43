package dev.ccproxy.exchange;

/** Watches one exchange; see {@link ExchangeListener} for the rules. */
@FunctionalInterface
public interface ExchangeObserver {

    void on(ExchangeEvent event);
}
