package dev.ccproxy.proxy;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.ErrorEnvelope;
import dev.ccproxy.http.Headers;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;

/** The answer on its way to the client: each piece in the turn in which it was read, a break as a break. */
final class Relay {

    private static final long NO_LENGTH = -1;
    private static final long NOT_BLOCKED = -1;

    private final HttpServerRequest request;
    private final HttpServerResponse client;
    private final Observers observers;
    private final Context loop;
    private final Turn turn = new Turn();
    private boolean started;
    private boolean upstreamEnded;
    private boolean turnScheduled;
    private long passed;
    private long blockedSinceNanos = NOT_BLOCKED;

    Relay(HttpServerRequest request, Observers observers, Context loop) {
        this.loop = loop;
        this.request = request;
        this.client = request.response();
        this.observers = observers;
    }

    /** Whether the client has been promised an answer: from here on a failure is a break. */
    boolean started() {
        return started;
    }

    void onClientGone(Runnable gone) {
        client.closeHandler(closed -> gone.run());
        client.exceptionHandler(broken -> gone.run());
    }

    /** Passes 103 Early Hints on (RFC 8297). */
    void earlyHints(MultiMap hints) {
        if (!started) {
            client.writeEarlyHints(hints);
        }
    }

    /** Copies head and body; {@code whole} runs when the client has the last byte, {@code broken} when the upstream broke. */
    void from(HttpClientResponse upstream, Runnable whole, Handler<Throwable> broken) {
        started = true;
        Headers headers = ForwardedHeaders.read(upstream.headers());
        client.setStatusCode(upstream.statusCode());
        String reason = upstream.statusMessage();
        // Setting the usual phrase would hide from the library that a 304 is one, and make it add a length.
        if (reason != null && !reason.equals(client.getStatusMessage())) {
            client.setStatusMessage(reason);
        }
        ForwardedHeaders.response(headers, client.headers());
        observers.tell(new ExchangeEvent.ResponseHead(upstream.statusCode(), headers, false, System.nanoTime()));
        long length = headers.first("content-length").map(Relay::length).orElse(NO_LENGTH);
        boolean framed = length == NO_LENGTH && mayHaveBody(upstream.statusCode());
        if (framed && request.version() != HttpVersion.HTTP_1_0) {
            client.setChunked(true);
        }
        upstream.exceptionHandler(broken);
        upstream.handler(piece -> {
            turn.add(piece);
            passed += piece.length();
            endOfTurn(upstream, length, whole);
            observers.tell(new ExchangeEvent.ResponseBytes(Observers.bytes(piece), System.nanoTime()));
        });
        upstream.endHandler(end -> {
            upstreamEnded = true;
            endOfTurn(upstream, length, whole);
        });
        endOfTurn(upstream, length, whole);
    }

    /**
     * Sends what this turn of the event loop has read, in one write: a read of 64 KB may hold hundreds of small chunks,
     * and a system call for each would cost fifty times as much. Nothing ever waits for another read.
     */
    private void endOfTurn(HttpClientResponse upstream, long length, Runnable whole) {
        if (turnScheduled) {
            return;
        }
        turnScheduled = true;
        loop.runOnContext(last -> {
            turnScheduled = false;
            if (!client.ended() && !client.closed()) {
                send(upstream, length, whole);
            }
        });
    }

    private void send(HttpClientResponse upstream, long length, Runnable whole) {
        if (upstreamEnded || passed == length) {
            if (client.isChunked()) {
                copy(upstream.trailers(), client.trailers());
            }
            client.end(turn.take()).onSuccess(flushed -> whole.run());
        } else if (turn.isEmpty()) {
            writeHead();
        } else {
            client.write(turn.take());
            holdBack(upstream);
        }
    }

    /** An HTTP/1.0 client knows no chunks, which the library would promise when it is given the head alone. */
    private void writeHead() {
        if (request.version() == HttpVersion.HTTP_1_0 && !client.headers().contains("content-length")) {
            client.write(Buffer.buffer());
        } else {
            client.writeHead();
        }
    }

    private void holdBack(HttpClientResponse upstream) {
        if (client.writeQueueFull()) {
            blockedSinceNanos = System.nanoTime();
            upstream.pause();
            client.drainHandler(room -> {
                blockedSinceNanos = NOT_BLOCKED;
                upstream.resume();
            });
        }
    }

    /** How long the client has accepted no byte. */
    long blockedNanos(long nowNanos) {
        return blockedSinceNanos == NOT_BLOCKED ? 0 : nowNanos - blockedSinceNanos;
    }

    /** Closes the client's connection without an end of the answer, after what was written so far. */
    void breakOff() {
        if (!turn.isEmpty()) {
            client.write(turn.take());
        } else if (started && !client.headWritten()) {
            writeHead();
        }
        started = true;
        client.reset();
    }

    /** Answers in Anthropic's error envelope. */
    void own(OwnAnswer own, ExchangeId id) {
        started = true;
        byte[] body = ErrorEnvelope.bytes(own.type(), own.message());
        client.setStatusCode(own.status());
        client.putHeader("content-type", "application/json");
        client.putHeader("content-length", Integer.toString(body.length));
        client.putHeader("x-ccproxy-exchange-id", id.toString());
        if (own.status() == 401) {
            client.putHeader("www-authenticate", "Bearer realm=\"Claude Code Proxy\"");
        }
        if (own.retryAfter() != null) {
            client.putHeader("retry-after", Long.toString(own.retryAfter().toSeconds()));
        }
        long now = System.nanoTime();
        observers.tell(
                new ExchangeEvent.ResponseHead(own.status(), ForwardedHeaders.read(client.headers()), true, now));
        Buffer buffer = Buffer.buffer(body);
        observers.tell(new ExchangeEvent.ResponseBytes(Observers.bytes(buffer), now));
        client.end(request.method().equals(HttpMethod.HEAD) ? Buffer.buffer() : buffer);
    }

    private boolean mayHaveBody(int status) {
        return !request.method().equals(HttpMethod.HEAD) && status >= 200 && status != 204 && status != 304;
    }

    private static long length(String value) {
        return Long.parseLong(value.strip());
    }

    private static void copy(MultiMap from, MultiMap to) {
        for (Map.Entry<String, String> line : from) {
            to.add(line.getKey(), line.getValue());
        }
    }
}
