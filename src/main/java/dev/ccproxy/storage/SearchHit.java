package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.search.Place;
import java.util.List;

/**
 * A request or an answer in which a text was found.
 *
 * @param places the first few, at least one
 */
public record SearchHit(ExchangeSummary exchange, Side side, List<Place> places) {

    /** Which half of the exchange. */
    public enum Side {
        REQUEST,
        RESPONSE
    }

    public SearchHit {
        places = List.copyOf(places);
    }
}
