package dev.ccproxy.proxy;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/** The client's request body on its way to the upstream, piece by piece, as fast as the slower side allows. */
final class Upload {

    private static final long NO_LENGTH = -1;
    private static final Duration LINGER = Duration.ofSeconds(5);

    /** The most that one read of a socket gives, see {@code ClientConnections}. */
    private static final int LOOK_BYTES = 64 * 1024;

    /** Bounds the memory of an upload that nobody takes. */
    private static final int MOST_AHEAD_BYTES = 1 << 20;

    /** They empty the socket: Linux keeps unread up to twice the 256 KiB that the server asks for. */
    private static final int LOOKS_IN_FIRST_ROUND = 8;

    /** An upload that goes on, however slowly, never stands still for so long: nothing is read ahead of it. */
    private static final Duration STANDING_STILL = Duration.ofSeconds(1);

    private static final long LOOK_PAUSE_MILLIS = 10;

    private final HttpServerRequest client;
    private final Headers headers;
    private final Observers observers;
    private final Context loop;
    private final long maxBodyBytes;
    private final long declaredLength;
    private final Unsent unsent = new Unsent(() -> 0);
    private long passed;
    private long lastByteNanos = System.nanoTime();
    private boolean reading;
    private boolean heldBack;
    private boolean complete;
    private int rounds;
    private int holds;

    /** What was perhaps read ahead and not passed on yet. */
    private long aheadBytes;

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
            if (passed != declaredLength || passed == 0) {
                upstream.end();
            }
            observers.tell(new ExchangeEvent.RequestEnded(System.nanoTime()));
            whole.run();
        });
        reading = true;
        client.resume();
        if (chunked || declaredLength > 0) {
            sendHeadThisTurn(upstream);
        }
    }

    private void pass(Buffer piece, HttpClientRequest upstream, Runnable tooLarge) {
        passed += piece.length();
        aheadBytes = Math.max(0, aheadBytes - piece.length());
        lastByteNanos = System.nanoTime();
        if (maxBodyBytes > 0 && passed > maxBodyBytes) {
            tooLarge.run();
            return;
        }
        // Taken first: writing may move the indexes of the buffer.
        Bytes bytes = Observers.bytes(piece);
        if (passed == declaredLength) {
            unsent.add(bytes.length(), upstream.end(piece));
        } else {
            unsent.add(bytes.length(), upstream.write(piece));
            holdBack();
        }
        observers.tell(new ExchangeEvent.RequestBytes(bytes, lastByteNanos));
    }

    private void holdBack() {
        if (unsent.full()) {
            heldBack = true;
            client.pause();
            unsent.whenRoom(() -> {
                heldBack = false;
                holds++;
                rounds = 0;
                lastByteNanos = System.nanoTime();
                client.resume();
            });
        }
    }

    /** How long the client has owed a byte; zero while nothing is expected of it. */
    long silentNanos(long nowNanos) {
        return complete || heldBack || !reading ? 0 : nowNanos - lastByteNanos;
    }

    /** How long the upstream has taken nothing, though there is something to take. */
    long heldNanos(long nowNanos) {
        long stuckNanos = unsent.stuckNanos(nowNanos);
        return complete || !heldBack ? 0 : stuckNanos;
    }

    /**
     * Looks whether the client is still there while its body is held back: a socket tells of its end only behind the bytes
     * that were not read. So this reads on, into the request's own queue, first what the socket holds, then a little after
     * 2, 4, 8 seconds and so on, up to a bound. A client that leaves behind more than that is not noticed before the
     * upstream takes something again, or has taken nothing for too long.
     */
    void lookForClient(long nowNanos) {
        if (complete || (reading && !heldBack)) {
            return;
        }
        boolean connecting = !reading && rounds == 0;
        if (connecting || nowNanos - lastByteNanos >= STANDING_STILL.toNanos() << rounds) {
            look(rounds == 0 ? LOOKS_IN_FIRST_ROUND : 1, holds);
            rounds++;
        }
    }

    private void look(int times, int hold) {
        boolean room = aheadBytes + LOOK_BYTES <= MOST_AHEAD_BYTES;
        if (times == 0 || !room || complete || hold != holds || (reading && !heldBack)) {
            return;
        }
        aheadBytes += LOOK_BYTES;
        ((ConnectionBase) client.connection()).channelHandlerContext().channel().read();
        loop.owner().setTimer(LOOK_PAUSE_MILLIS, timer -> look(times - 1, hold));
    }

    /** A body that is slow to come must not hold back the head; one that is there already goes out in one write with it. */
    private void sendHeadThisTurn(HttpClientRequest upstream) {
        loop.runOnContext(turn -> {
            if (passed == 0 && !complete) {
                upstream.writeHead();
            }
        });
    }

    /**
     * Reads on to nowhere for a moment, so that a client which only listens after its last byte gets the answer it was
     * given; then closes.
     */
    void discardRest() {
        if (complete) {
            return;
        }
        long closing = loop.owner()
                .setTimer(LINGER.toMillis(), timer -> client.connection().close());
        client.handler(null);
        client.endHandler(end -> {
            complete = true;
            loop.owner().cancelTimer(closing);
        });
        client.resume();
    }
}
