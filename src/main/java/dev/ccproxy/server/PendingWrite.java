package dev.ccproxy.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/**
 * Something of ours that waits for a client to take it. One that takes no byte of it for a while loses its connection:
 * otherwise it would hold what was written, and whoever writes it, for ever. For one event loop.
 */
final class PendingWrite {

    private final Channel channel;
    private final ChannelHandlerContext library;
    private final SilenceLimit limit;
    private long pendingBytes;

    private PendingWrite(Vertx vertx, HttpConnection connection, Duration limit) {
        this.library = ((ConnectionBase) connection).channelHandlerContext();
        this.channel = library.channel();
        this.pendingBytes = pendingBytes();
        this.limit = new SilenceLimit(vertx, limit, this::look);
    }

    /** Gives the same future, which from now on ends in bounded time. */
    static Future<Void> bounded(Vertx vertx, HttpConnection connection, Duration limit, Future<Void> written) {
        if (written.isComplete()) {
            return written;
        }
        PendingWrite pending = new PendingWrite(vertx, connection, limit);
        return written.onComplete(done -> pending.limit.stop());
    }

    private void look() {
        long now = pendingBytes();
        if (now < pendingBytes) {
            pendingBytes = now;
            limit.heard();
        } else {
            // Not the connection's own close, which first waits for what was written.
            var _ = library.close();
        }
    }

    private long pendingBytes() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }
}
