package dev.ccproxy.exchange;

/** Learns of exchanges off the data path: once when one starts, once when it has ended. Returns soon, never throws. */
@FunctionalInterface
public interface SummaryListener {

    void changed(ExchangeSummary summary);
}
