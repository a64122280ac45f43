package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.storage.StoreEvent;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction learns about one exchange: a short exchange is often begun, asked and ended within it and then
 * costs one row of each table instead of three changes. For the writer thread.
 */
final class PendingExchange {

    private StoreEvent.@Nullable Begun begun;
    private StoreEvent.@Nullable Request request;
    private StoreEvent.@Nullable Ended ended;

    StoreEvent.@Nullable Begun begun() {
        return begun;
    }

    StoreEvent.@Nullable Request request() {
        return request;
    }

    StoreEvent.@Nullable Ended ended() {
        return ended;
    }

    void add(StoreEvent event) throws SQLException {
        boolean again = switch (event) {
            case StoreEvent.Begun begins -> {
                boolean known = begun != null;
                begun = begins;
                yield known;
            }
            case StoreEvent.Request asks -> {
                boolean known = request != null;
                request = asks;
                yield known;
            }
            case StoreEvent.Ended ends -> {
                boolean known = ended != null;
                ended = ends;
                yield known;
            }
        };
        if (again) {
            throw new SQLException("the same event came twice for exchange " + event.id());
        }
    }

    /** The latest. */
    ExchangeSummary summary() {
        if (ended != null) {
            return ended.summary();
        }
        return request != null
                ? request.summary()
                : Objects.requireNonNull(begun, "nothing was added").summary();
    }
}
