package dev.ccproxy.server;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open connections of clients: puts a {@link RequestGuard} before each and closes those on which no exchange has run
 * for a while. A silent exchange is not idle: that is why the server library's own idle limit, which knows only of bytes,
 * is off. For one event loop.
 */
final class ClientConnections {

    static final Duration SWEEP = Duration.ofSeconds(1);

    private static final class Use {
        private final RequestGuard guard;
        private int answering;
        private long idleSinceNanos = System.nanoTime();

        Use(int maxHeadBytes) {
            this.guard = new RequestGuard(maxHeadBytes, () -> answering > 0);
        }

        void answered() {
            answering--;
            idleSinceNanos = System.nanoTime();
            guard.answered();
        }
    }

    private final Map<HttpConnection, Use> connections = new HashMap<>();
    private final Duration idleLimit;
    private final int maxHeadBytes;

    /**
     * No connections yet.
     *
     * @param idleLimit zero is none
     */
    ClientConnections(Duration idleLimit, int maxHeadBytes) {
        this.idleLimit = idleLimit;
        this.maxHeadBytes = maxHeadBytes;
    }

    void opened(HttpConnection connection) {
        Use use = new Use(maxHeadBytes);
        connections.put(connection, use);
        connection.closeHandler(closed -> connections.remove(connection));
        // The exchange on it hears of the break too; without a handler the library logs a stack trace.
        connection.exceptionHandler(broken -> {});
        Channel channel = ((ConnectionBase) connection).channelHandlerContext().channel();
        channel.pipeline().addFirst(use.guard);
        // At most 64 KB each: the library would read as much at once as it lets the socket hold.
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator());
    }

    void began(HttpServerRequest request) {
        Use use = connections.get(request.connection());
        if (use != null) {
            use.answering++;
            request.response().endHandler(ended -> use.answered());
        }
    }

    void sweep(long nowNanos) {
        if (idleLimit.isZero()) {
            return;
        }
        List<HttpConnection> expired = new ArrayList<>();
        connections.forEach((connection, use) -> {
            if (use.answering == 0 && nowNanos - use.idleSinceNanos > idleLimit.toNanos()) {
                expired.add(connection);
            }
        });
        expired.forEach(HttpConnection::close);
    }
}
