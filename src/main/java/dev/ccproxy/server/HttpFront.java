package dev.ccproxy.server;

import dev.ccproxy.config.ServerSettings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** One listening port as seen from one event loop; the loops share the port. For that event loop only. */
public final class HttpFront {

    /** Heads above this are answered 431 by the guard, before the decoder's own limit; real ones are below 8 KiB. */
    private static final int MAX_HEAD_BYTES = 256 * 1024;

    /** Largest piece the decoder hands on: at least a whole socket read. */
    private static final int MAX_PIECE_BYTES = 256 * 1024;

    /** What a client may have sent that was not read yet, and behind which its leaving hides. */
    private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

    private static final int BACKLOG = 4096;

    private final HttpServer server;
    private final String host;

    private HttpFront(HttpServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /** A front that is not listening yet; {@code handler} gets every well-formed request. */
    public static HttpFront open(Vertx vertx, ServerSettings settings, Handler<HttpServerRequest> handler) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(2 * MAX_HEAD_BYTES)
                .setMaxInitialLineLength(2 * MAX_HEAD_BYTES)
                .setMaxChunkSize(MAX_PIECE_BYTES)
                .setAcceptBacklog(BACKLOG)
                .setReceiveBufferSize(RECEIVE_BUFFER_BYTES)
                // Takes a handler out of the way of every request; upgrades are refused.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(false);
        HttpServer server = vertx.createHttpServer(options);
        ClientConnections clients = new ClientConnections(settings.idleTimeout(), MAX_HEAD_BYTES);
        server.connectionHandler(clients::opened);
        vertx.setPeriodic(ClientConnections.SWEEP.toMillis(), timer -> clients.sweep(System.nanoTime()));
        server.requestHandler(request -> {
            clients.began(request);
            handler.handle(request);
        });
        return new HttpFront(server, settings.host());
    }

    /** Binds; gives the port that was bound, which is {@code port} unless that is 0. */
    public Future<Integer> listen(int port) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    /** Accepts nothing new, waits for running answers at most this long, then closes. */
    public Future<Void> shutdown(long atMostMillis) {
        return server.shutdown(atMostMillis, TimeUnit.MILLISECONDS);
    }
}
