package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session in which something happened lately.
 *
 * @param latest of the main agent's conversation; null for none
 * @param answered the last of these that reported usage; null for none
 * @param running exchanges, of whatever agent
 */
public record ActiveSession(
        SessionRow row,
        @Nullable ExchangeSummary latest,
        @Nullable ExchangeSummary answered,
        List<ExchangeSummary> running) {

    public ActiveSession {
        running = List.copyOf(running);
    }
}
