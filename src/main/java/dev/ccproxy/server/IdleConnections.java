package dev.ccproxy.server;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Closes client connections on which no exchange has run for a while. A silent exchange is not idle: that is why the
 * server library's own idle limit, which knows only of bytes, is off. For one event loop.
 */
final class IdleConnections {

    static final Duration SWEEP = Duration.ofSeconds(1);

    private static final class Use {
        private int running;
        private long idleSinceNanos = System.nanoTime();
    }

    private final Map<HttpConnection, Use> connections = new HashMap<>();
    private final Duration limit;

    /** Zero is no limit. */
    IdleConnections(Duration limit) {
        this.limit = limit;
    }

    void opened(HttpConnection connection) {
        connections.put(connection, new Use());
        connection.closeHandler(closed -> connections.remove(connection));
    }

    void began(HttpServerRequest request) {
        Use use = connections.get(request.connection());
        if (use == null) {
            return;
        }
        use.running++;
        request.response().endHandler(ended -> {
            use.running--;
            use.idleSinceNanos = System.nanoTime();
        });
    }

    void sweep(long nowNanos) {
        if (limit.isZero()) {
            return;
        }
        List<HttpConnection> expired = new ArrayList<>();
        connections.forEach((connection, use) -> {
            if (use.running == 0 && nowNanos - use.idleSinceNanos > limit.toNanos()) {
                expired.add(connection);
            }
        });
        expired.forEach(HttpConnection::close);
    }
}
