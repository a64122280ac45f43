package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.recent.RecentMap;
import dev.ccproxy.storage.Losses;
import dev.ccproxy.storage.StoreEvent;

/**
 * Counts exchanges that the database did not take: each once, however many of its events are lost. For the writer thread.
 */
final class LostExchanges {

    /** Of exchanges that still run; one that is forgotten may be counted twice. */
    private static final int REMEMBERED = 16_384;

    private final Losses losses;
    private final RecentMap<ExchangeId, Boolean> running = new RecentMap<>(REMEMBERED);

    LostExchanges(Losses losses) {
        this.losses = losses;
    }

    /** An event is lost. */
    void add(StoreEvent event, String why) {
        boolean counted = event instanceof StoreEvent.Ended
                ? running.remove(event.id()) != null
                : running.put(event.id(), true) != null;
        if (!counted) {
            losses.exchange(why);
        }
    }
}
