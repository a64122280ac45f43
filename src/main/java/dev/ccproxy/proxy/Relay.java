package dev.ccproxy.proxy;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer on its way to the client: each piece in the turn in which it was read, a break as a break. */
final class Relay {

    private static final long NO_LENGTH = -1;

    /** How long a client may still take what was written before a break. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final HttpServerRequest request;
    private final HttpServerResponse client;
    private final Observers observers;
    private final Context loop;
    private final Turn turn = new Turn();
    private boolean started;
    private boolean hinted;
    private boolean heldBack;
    private long lastByteNanos;
    private boolean upstreamEnded;
    private boolean turnScheduled;
    private long passed;
    private final Unsent unsent = new Unsent(this::pendingBytes);

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

    /** Whether the client has seen nothing yet, not even a hint. */
    boolean untouched() {
        return !started && !hinted;
    }

    void onClientGone(Runnable gone) {
        client.closeHandler(closed -> gone.run());
        client.exceptionHandler(broken -> gone.run());
    }

    /** Passes 103 Early Hints on (RFC 8297). */
    void earlyHints(MultiMap hints) {
        if (!started) {
            hinted = true;
            client.writeEarlyHints(hints);
        }
    }

    /** Copies head and body; {@code whole} runs when the client has the last byte, {@code broken} when the upstream broke. */
    void from(HttpClientResponse upstream, Headers headers, Runnable whole, Handler<Throwable> broken) {
        started = true;
        lastByteNanos = System.nanoTime();
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
            lastByteNanos = System.nanoTime();
            turn.add(piece);
            passed += piece.length();
            endOfTurn(upstream, length, whole);
            observers.tell(new ExchangeEvent.ResponseBytes(Observers.bytes(piece), lastByteNanos));
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
            Buffer last = turn.take();
            unsent.add(last.length(), client.end(last)).onSuccess(flushed -> whole.run());
        } else if (turn.isEmpty()) {
            flushHead();
        } else {
            Buffer pieces = turn.take();
            unsent.add(pieces.length(), client.write(pieces));
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
        if (unsent.full()) {
            heldBack = true;
            upstream.pause();
            unsent.whenRoom(() -> {
                heldBack = false;
                lastByteNanos = System.nanoTime();
                upstream.resume();
            });
        }
    }

    /** Begins an answer of other bytes than the upstream's; {@link #pass} and {@link #finish} follow. */
    void promise(int status, Headers headers, boolean streamed) {
        started = true;
        lastByteNanos = System.nanoTime();
        client.setStatusCode(status);
        headers.forEach(line -> client.headers().add(line.name(), line.value()));
        if (streamed && request.version() != HttpVersion.HTTP_1_0) {
            client.setChunked(true);
        }
        observers.tell(new ExchangeEvent.ResponseHead(status, headers, false, System.nanoTime()));
    }

    /** Sends the head by itself, unless it is out already, as it is behind a break of the same turn. */
    void flushHead() {
        if (!client.headWritten() && !client.closed()) {
            writeHead();
        }
    }

    /** Hands on what was made of the upstream's bytes; an answer that is not streamed has one piece. */
    void pass(Bytes bytes, @Nullable HttpClientResponse upstream) {
        Buffer piece = Buffer.buffer(bytes.toByteArray());
        lastByteNanos = System.nanoTime();
        if (upstream == null) {
            turn.add(piece);
        } else if (!client.ended() && !client.closed()) {
            unsent.add(piece.length(), client.write(piece));
            holdBack(upstream);
        }
        observers.tell(new ExchangeEvent.ResponseBytes(bytes, System.nanoTime()));
    }

    /** Ends such an answer; {@code whole} runs when the client has its last byte. */
    void finish(Runnable whole) {
        if (!client.ended() && !client.closed()) {
            upstreamEnded = true;
            Buffer rest = turn.take();
            unsent.add(rest.length(), client.end(rest)).onSuccess(flushed -> whole.run());
        }
    }

    /** How long the client has accepted no byte. */
    long stuckNanos(long nowNanos) {
        return unsent.stuckNanos(nowNanos);
    }

    /** How long the upstream has owed a byte of its answer; zero while nothing is expected of it. */
    long silentNanos(long nowNanos) {
        return started && !upstreamEnded && !heldBack ? nowNanos - lastByteNanos : 0;
    }

    /** Answers with a whole body that was made of what the upstream gave. */
    void folded(int status, Headers headers, Bytes body, Runnable whole) {
        started = true;
        upstreamEnded = true;
        client.setStatusCode(status);
        ForwardedHeaders.response(headers, client.headers());
        client.putHeader("content-length", Integer.toString(body.length()));
        Buffer buffer = Buffer.buffer(body.toByteArray());
        Headers told = ForwardedHeaders.read(client.headers());
        Future<Void> written = unsent.add(body.length(), client.end(buffer));
        long now = System.nanoTime();
        observers.tell(new ExchangeEvent.ResponseHead(status, told, false, now));
        observers.tell(new ExchangeEvent.ResponseBytes(body, now));
        written.onSuccess(flushed -> whole.run());
    }

    private long pendingBytes() {
        ChannelOutboundBuffer pending = channel().unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes() - pending.currentProgress();
    }

    private Channel channel() {
        return connection().channel();
    }

    private ChannelHandlerContext connection() {
        return ((ConnectionBase) request.connection()).channelHandlerContext();
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
        if (channel().isActive()) {
            long timer = loop.owner().setTimer(LINGER.toMillis(), late -> drop());
            channel().closeFuture().addListener(closed -> loop.owner().cancelTimer(timer));
        }
    }

    /** Closes the connection of a client that takes nothing: the library would first wait for what was written. */
    void drop() {
        started = true;
        var _ = connection().close();
    }

    /** Answers in Anthropic's error envelope. */
    void own(OwnAnswer own, ExchangeId id) {
        started = true;
        byte[] body = own.body();
        client.setStatusCode(own.status());
        client.putHeader("content-type", "application/json");
        client.putHeader("content-length", Integer.toString(body.length));
        client.putHeader("x-ccproxy-exchange-id", id.toString());
        if (own.status() == 401) {
            client.putHeader("www-authenticate", "Bearer realm=\"Claude Code Proxy\"");
        }
        if (own.isEstimate()) {
            client.putHeader("x-ccproxy-estimate", "true");
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
