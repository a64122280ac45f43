package dev.ccproxy.proxy;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.http.Headers;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** The client's request body on its way to the upstream, piece by piece, as fast as the slower side allows. */
final class Upload {

    private static final long NO_LENGTH = -1;

    private final HttpServerRequest client;
    private final Headers headers;
    private final Observers observers;
    private final Context loop;
    private final long maxBodyBytes;
    private final long declaredLength;
    private long passed;
    private boolean complete;

    Upload(HttpServerRequest client, Headers headers, Observers observers, Context loop, long maxBodyBytes) {
        this.loop = loop;
        this.client = client;
        this.headers = headers;
        this.observers = observers;
        this.maxBodyBytes = maxBodyBytes;
        this.declaredLength =
                headers.first("content-length").map(Long::parseLong).orElse(NO_LENGTH);
    }

    HttpMethod method() {
        return client.method();
    }

    /** Whether the request has been read to its end. */
    boolean complete() {
        return complete;
    }

    boolean declaredTooLarge() {
        return maxBodyBytes > 0 && declaredLength > maxBodyBytes;
    }

    void onClientGone(Runnable gone) {
        client.exceptionHandler(broken -> gone.run());
    }

    /** Starts reading; {@code whole} runs when the last byte has been handed on, {@code tooLarge} at most once. */
    void to(HttpClientRequest upstream, Runnable whole, Runnable tooLarge) {
        boolean chunked = headers.contains("transfer-encoding");
        if (chunked) {
            upstream.setChunked(true);
        }
        if (ForwardedHeaders.expectsContinue(headers)) {
            client.response().writeContinue();
        }
        client.handler(piece -> pass(piece, upstream, tooLarge));
        client.endHandler(end -> {
            complete = true;
            observers.tell(new ExchangeEvent.RequestEnded(System.nanoTime()));
            if (passed != declaredLength || passed == 0) {
                upstream.end();
            }
            whole.run();
        });
        client.resume();
        if (chunked || declaredLength > 0) {
            sendHeadThisTurn(upstream);
        }
    }

    private void pass(Buffer piece, HttpClientRequest upstream, Runnable tooLarge) {
        passed += piece.length();
        if (maxBodyBytes > 0 && passed > maxBodyBytes) {
            tooLarge.run();
            return;
        }
        observers.tell(new ExchangeEvent.RequestBytes(Observers.bytes(piece), System.nanoTime()));
        if (passed == declaredLength) {
            upstream.end(piece);
            return;
        }
        upstream.write(piece);
        if (upstream.writeQueueFull()) {
            client.pause();
            upstream.drainHandler(room -> client.resume());
        }
    }

    /** A body that is slow to come must not hold back the head; one that is there already goes out in one write with it. */
    private void sendHeadThisTurn(HttpClientRequest upstream) {
        loop.runOnContext(turn -> {
            if (passed == 0 && !complete) {
                upstream.writeHead();
            }
        });
    }

    /** Reads on to nowhere, so that a client which only listens after its last byte gets the answer it was given. */
    void discardRest() {
        if (complete) {
            return;
        }
        client.handler(null);
        client.endHandler(end -> complete = true);
        client.resume();
    }
}
