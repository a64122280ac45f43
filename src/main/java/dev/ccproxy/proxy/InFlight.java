package dev.ccproxy.proxy;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The exchanges that run now. Safe for all threads. */
public final class InFlight {

    private final Map<ExchangeId, RunningExchange> running = new ConcurrentHashMap<>();

    /** How many requests under {@code /v1} are being served. */
    public int count() {
        return running.size();
    }

    /** Ends a running exchange at once on both sides; false when none of that id runs. */
    public boolean cancel(ExchangeId id) {
        RunningExchange exchange = running.get(id);
        if (exchange == null) {
            return false;
        }
        exchange.cut(Outcome.CANCELLED, "cancelled from the dashboard");
        return true;
    }

    /** Ends all that still run: the last step of a shutdown. */
    public void cutAll() {
        running.values().forEach(exchange -> exchange.cut(Outcome.DRAINED, "cut by the shutdown of this proxy"));
    }

    /** Once a second: looks whether the clients are still there, and whether both sides keep moving. */
    public void checkAll() {
        running.values().forEach(RunningExchange::check);
    }

    void add(ExchangeId id, RunningExchange exchange) {
        running.put(id, exchange);
    }

    void remove(ExchangeId id) {
        running.remove(id);
    }
}
