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
    private static final long NOT_HELD = -1;
    private static final Duration LINGER = Duration.ofSeconds(5);

    /**
     * A look reads at most 64 KB, a round therefore 5 MB: what a client may have given to both sockets before it left
     * (Linux keeps up to 4 MB unsent).
     */
    private static final int LOOKS_EACH_ROUND = 80;

    /** Bounds what an upload that nobody takes may fill to 15 MB. */
    private static final int MAX_ROUNDS = 3;

    /** An upload that goes on, however slowly, never stands still for so long: nothing is read ahead of it. */
    private static final Duration STANDING_STILL = Duration.ofSeconds(1);

    /** A second round after 8 seconds of standing still, a third after 64. */
    private static final int LONGER_EACH_ROUND = 8;

    private static final long LOOK_PAUSE_MILLIS = 10;

    private final HttpServerRequest client;
    private final Headers headers;
    private final Observers observers;
    private final Context loop;
    private final long maxBodyBytes;
    private final long declaredLength;
    private long passed;
    private long lastByteNanos = System.nanoTime();
    private boolean reading;
    private long heldSinceNanos = NOT_HELD;
    private boolean complete;
    private int rounds;
    private int holds;

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
        lastByteNanos = System.nanoTime();
        if (maxBodyBytes > 0 && passed > maxBodyBytes) {
            tooLarge.run();
            return;
        }
        // Taken first: writing may move the indexes of the buffer.
        Bytes bytes = Observers.bytes(piece);
        if (passed == declaredLength) {
            upstream.end(piece);
        } else {
            upstream.write(piece);
            holdBack(upstream);
        }
        observers.tell(new ExchangeEvent.RequestBytes(bytes, lastByteNanos));
    }

    private void holdBack(HttpClientRequest upstream) {
        if (upstream.writeQueueFull()) {
            heldSinceNanos = System.nanoTime();
            client.pause();
            upstream.drainHandler(room -> {
                heldSinceNanos = NOT_HELD;
                holds++;
                rounds = 0;
                lastByteNanos = System.nanoTime();
                client.resume();
            });
        }
    }

    /** How long the client has owed a byte; zero while nothing is expected of it. */
    long silentNanos(long nowNanos) {
        return complete || heldBack() || !reading ? 0 : nowNanos - lastByteNanos;
    }

    /** How long the upstream has taken nothing, though there is something to take. */
    long heldNanos(long nowNanos) {
        return complete || !heldBack() ? 0 : nowNanos - heldSinceNanos;
    }

    private boolean heldBack() {
        return heldSinceNanos != NOT_HELD;
    }

    /**
     * Looks whether the client is still there while its body is held back: a socket tells of its end only behind the bytes
     * that were not read. So this reads on, into the request's own queue, in a few rounds; in between, and after the last,
     * a client that leaves is not noticed before the upstream takes something again.
     */
    void lookForClient(long nowNanos) {
        if (complete || rounds == MAX_ROUNDS || (reading && !heldBack())) {
            return;
        }
        long waitNanos = STANDING_STILL.toNanos() * (long) Math.pow(LONGER_EACH_ROUND, rounds);
        boolean connecting = !reading && rounds == 0;
        if (connecting || nowNanos - lastByteNanos >= waitNanos) {
            rounds++;
            look(LOOKS_EACH_ROUND, holds);
        }
    }

    private void look(int times, int hold) {
        if (times == 0 || complete || hold != holds || (reading && !heldBack())) {
            return;
        }
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
