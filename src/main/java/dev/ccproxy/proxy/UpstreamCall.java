package dev.ccproxy.proxy;

import dev.ccproxy.upstream.Upstream;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The request that an exchange has with an upstream: one at a time, and what an earlier one says no longer counts. On the
 * exchange's event loop.
 */
final class UpstreamCall {

    private final Vertx vertx;
    private @Nullable HttpClientRequest request;

    /** How many were made or given up. */
    private int made;

    private long headTimer = -1;
    private boolean over;

    /** Hears what comes of a request, as long as no other has followed it. */
    interface Hearer {

        /** Somebody is there; nothing is sent yet. */
        void connected(HttpClientRequest request);

        /** Nobody is there. */
        void notConnected(Throwable cause);

        /** The answer begins; {@code broken} takes what goes wrong with the rest of it. */
        void head(HttpClientResponse response, Handler<Throwable> broken);

        /** The connection broke. */
        void broke(Throwable cause);
    }

    UpstreamCall(Vertx vertx) {
        this.vertx = vertx;
    }

    void make(Upstream upstream, HttpMethod method, String target, Hearer hearer) {
        int number = ++made;
        upstream.request(method, target)
                .onSuccess(connected -> connected(number, connected, hearer))
                .onFailure(cause -> {
                    if (!isPast(number)) {
                        hearer.notConnected(cause);
                    }
                });
    }

    private void connected(int number, HttpClientRequest connected, Hearer hearer) {
        if (isPast(number)) {
            // Unheard, our own reset would be logged as an error by the library.
            connected.exceptionHandler(reset -> {});
            connected.reset();
            return;
        }
        request = connected;
        Handler<Throwable> broken = cause -> {
            if (!isPast(number)) {
                hearer.broke(cause);
            }
        };
        connected
                .response()
                .onSuccess(response -> {
                    if (!isPast(number)) {
                        cancelHeadTimer();
                        // Of an answer that is given up, the library would log our own reset as an error.
                        response.exceptionHandler(broken);
                        hearer.head(response, broken);
                    }
                })
                .onFailure(broken);
        connected.exceptionHandler(broken);
        hearer.connected(connected);
    }

    /** Whether another one has followed, or all is over. */
    private boolean isPast(int number) {
        return over || number != made;
    }

    /** Runs this when the answer has not begun by then. */
    void awaitHead(Duration limit, Runnable late) {
        headTimer = vertx.setTimer(limit.toMillis(), timer -> late.run());
    }

    /** Nothing more that it says counts: it is broken already. */
    void forget() {
        request = null;
        made++;
        cancelHeadTimer();
    }

    /** The same for one that is not. */
    void giveUp() {
        HttpClientRequest given = request;
        forget();
        if (given != null) {
            given.reset();
        }
    }

    /** No other will follow. */
    void end() {
        over = true;
        cancelHeadTimer();
    }

    /** On HTTP/1.1 closes the connection, on HTTP/2 resets the stream: the generation stops, and so does its bill. */
    void cancel() {
        if (request != null) {
            request.reset();
        }
    }

    private void cancelHeadTimer() {
        if (headTimer != -1) {
            vertx.cancelTimer(headTimer);
            headTimer = -1;
        }
    }
}
