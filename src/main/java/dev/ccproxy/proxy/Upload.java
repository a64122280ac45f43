package dev.ccproxy.proxy;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's request body on its way to the upstream, piece by piece, as fast as the slower side allows. Where it may
 * have to be sent once more, it is held meanwhile.
 */
final class Upload {

    private static final long NO_LENGTH = -1;
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final HttpServerRequest client;
    private final Headers headers;
    private final Observers observers;
    private final Context loop;
    private final long maxBodyBytes;
    private final long declaredLength;
    private final Unsent unsent = new Unsent(() -> 0);
    private final ReadAhead readAhead;
    private final @Nullable HeldBody held;
    private @Nullable Bytes changed;
    private long passed;
    private long lastByteNanos = System.nanoTime();
    private boolean continued;
    private boolean given;
    private boolean reading;
    private boolean heldBack;
    private boolean complete;

    /** @param held takes the body as long as it may be needed again; null where it is not */
    @SuppressWarnings("MissingSummary")
    Upload(
            HttpServerRequest client,
            Headers headers,
            Observers observers,
            Context loop,
            long maxBodyBytes,
            @Nullable HeldBody held) {
        this.loop = loop;
        this.client = client;
        this.headers = headers;
        this.observers = observers;
        this.maxBodyBytes = maxBodyBytes;
        this.held = held;
        this.readAhead = new ReadAhead(loop.owner(), client);
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

    /** Whether an upstream was given a byte of the body, or the end: one that was not has not got the request. */
    boolean given() {
        return given;
    }

    /** Whether the whole body is here to be sent once more. */
    boolean repeatable() {
        return complete && held != null && held.isWhole();
    }

    /**
     * Reads the whole body before anything is sent on; {@link #to} then sends it. For a body that is held.
     *
     * @param noMemory runs instead of {@code whole} when it cannot be held; {@link #to} then goes on with what was read
     */
    void gather(Consumer<Bytes> whole, Runnable noMemory, Runnable tooLarge) {
        HeldBody body = Objects.requireNonNull(held, "a body that is not held");
        answerExpect();
        client.handler(piece -> {
            if (!counted(piece, tooLarge)) {
                return;
            }
            Bytes bytes = Observers.bytes(piece);
            boolean room = body.add(bytes);
            observers.tell(new ExchangeEvent.RequestBytes(bytes, lastByteNanos));
            if (!room) {
                hold();
                noMemory.run();
            }
        });
        client.endHandler(end -> {
            complete = true;
            observers.tell(new ExchangeEvent.RequestEnded(System.nanoTime()));
            whole.accept(body.joined());
        });
        reading = true;
        client.resume();
    }

    /** Sends this instead of what was gathered. */
    void replace(Bytes body) {
        changed = body;
    }

    /** The length of the body that replaces the client's; null for the client's own. */
    @Nullable
    Integer changedLength() {
        return changed == null ? null : changed.length();
    }

    /**
     * Starts reading, or sends what is here whole.
     *
     * @param whole runs when the last byte has been handed on
     * @param tooLarge at most once
     */
    void to(HttpClientRequest upstream, Runnable whole, Runnable tooLarge) {
        boolean chunked = headers.contains("transfer-encoding");
        if (chunked) {
            upstream.setChunked(true);
        }
        if (complete && held != null) {
            sendWhole(upstream, changed == null ? held.joined() : changed);
            whole.run();
            return;
        }
        answerExpect();
        client.handler(piece -> pass(piece, upstream, tooLarge));
        client.endHandler(end -> {
            complete = true;
            given = true;
            if (passed != declaredLength || passed == 0) {
                upstream.end();
            }
            observers.tell(new ExchangeEvent.RequestEnded(System.nanoTime()));
            whole.run();
        });
        reading = true;
        if (held != null && passed > 0) {
            Buffer read = held.takeAll();
            give(read, read.length(), upstream);
        }
        if (!heldBack) {
            client.resume();
        }
        if (chunked || declaredLength > 0) {
            sendHeadThisTurn(upstream);
        }
    }

    private void answerExpect() {
        if (!continued && ForwardedHeaders.expectsContinue(headers)) {
            client.response().writeContinue();
        }
        continued = true;
    }

    /** False when this is one too many. */
    private boolean counted(Buffer piece, Runnable tooLarge) {
        passed += piece.length();
        readAhead.passed(piece.length());
        lastByteNanos = System.nanoTime();
        boolean fits = maxBodyBytes == 0 || passed <= maxBodyBytes;
        if (!fits) {
            tooLarge.run();
        }
        return fits;
    }

    private void pass(Buffer piece, HttpClientRequest upstream, Runnable tooLarge) {
        if (!counted(piece, tooLarge)) {
            return;
        }
        // Taken first: writing may move the indexes of the buffer.
        Bytes bytes = Observers.bytes(piece);
        give(piece, bytes.length(), upstream);
        if (held != null && !held.add(bytes)) {
            held.drop();
        }
        observers.tell(new ExchangeEvent.RequestBytes(bytes, lastByteNanos));
    }

    private void give(Buffer piece, int length, HttpClientRequest upstream) {
        given = true;
        if (passed == declaredLength) {
            unsent.add(length, upstream.end(piece));
        } else {
            unsent.add(length, upstream.write(piece));
            holdBack();
        }
    }

    private void sendWhole(HttpClientRequest upstream, Bytes body) {
        given = true;
        if (body.isEmpty()) {
            upstream.end();
        } else {
            unsent.add(body.length(), upstream.end(Buffer.buffer(body.toByteArray())));
        }
    }

    private void holdBack() {
        if (unsent.full()) {
            heldBack = true;
            client.pause();
            unsent.whenRoom(() -> {
                heldBack = false;
                readAhead.goesOn();
                lastByteNanos = System.nanoTime();
                client.resume();
            });
        }
    }

    /** Reads no further until {@link #to} is called again: the upstream that was there is gone. */
    void hold() {
        if (!complete) {
            reading = false;
            client.pause();
        }
    }

    /** Nothing will be sent once more. */
    void release() {
        if (held != null) {
            held.drop();
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

    void lookForClient(long nowNanos) {
        if (isHeld()) {
            readAhead.look(nowNanos - lastByteNanos, !reading, this::isHeld);
        }
    }

    private boolean isHeld() {
        return !complete && (!reading || heldBack);
    }

    /** A body that is slow to come must not hold back the head; one that is there already goes out in one write with it. */
    private void sendHeadThisTurn(HttpClientRequest upstream) {
        loop.runOnContext(turn -> {
            if (passed == 0 && !complete && reading) {
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
