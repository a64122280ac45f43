package dev.ccproxy.server;

import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one of our own answers. Made on the connection's event loop; {@link #send} is called from the virtual thread
 * that made the answer.
 */
final class ClientAnswer {

    private static final Headers SECURITY = Headers.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types svelte-trusted-html dompurify",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final Duration writeTimeout;
    private volatile boolean gone;
    private volatile @Nullable Thread streaming;

    /** @param writeTimeout after which a client that takes no byte of the answer loses its connection; zero is none */
    @SuppressWarnings("MissingSummary")
    ClientAnswer(HttpServerRequest request, Duration writeTimeout) {
        this.request = request;
        this.response = request.response();
        this.writeTimeout = writeTimeout;
        this.loop = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
        response.closeHandler(closed -> left());
        response.exceptionHandler(broken -> left());
    }

    private void left() {
        gone = true;
        Thread writer = streaming;
        if (writer != null) {
            writer.interrupt();
        }
    }

    /** Sends the answer; returns when a streamed one has ended. */
    void send(Answer answer) {
        switch (answer) {
            case Answer.Full full -> loop.runOnContext(turn -> sendFullOrBreak(full));
            case Answer.Streamed streamed -> stream(streamed);
        }
    }

    /** Sends a refusal whose request was perhaps not read to its end. On the event loop. */
    void sendAndClose(Answer.Full answer) {
        response.putHeader("Connection", "close");
        sendFull(answer).onComplete(written -> request.connection().close());
    }

    /** A header that the library does not take must not leave the client waiting for ever. */
    private void sendFullOrBreak(Answer.Full full) {
        try {
            sendFull(full);
        } catch (RuntimeException defect) {
            response.reset();
            throw defect;
        }
    }

    private Future<Void> sendFull(Answer.Full full) {
        if (gone) {
            return Future.succeededFuture();
        }
        head(full);
        response.putHeader("Content-Length", Integer.toString(full.body().length()));
        return bounded(request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(buffer(full.body())));
    }

    private void head(Answer answer) {
        response.setStatusCode(answer.status());
        SECURITY.forEach(line -> response.headers().add(line.name(), line.value()));
        for (Header line : answer.headers()) {
            response.headers().add(line.name(), line.value());
        }
        if (!answer.headers().contains("cache-control")) {
            response.putHeader("Cache-Control", "no-store");
        }
    }

    private void stream(Answer.Streamed streamed) {
        streaming = Thread.currentThread();
        try {
            onLoop(() -> {
                head(streamed);
                if (!streamed.headers().contains("content-length")) {
                    response.setChunked(true);
                }
                return response.writeHead();
            });
            if (!request.method().equals(HttpMethod.HEAD)) {
                streamed.writer().writeTo(new LoopSink());
            }
            onLoop(response::end);
        } catch (IOException | InterruptedException broken) {
            loop.runOnContext(turn -> response.reset());
        } catch (RuntimeException defect) {
            loop.runOnContext(turn -> response.reset());
            throw defect;
        } finally {
            streaming = null;
            streamed.writer().close();
        }
    }

    private Future<Void> bounded(Future<Void> written) {
        return PendingWrite.bounded(loop.owner(), request.connection(), writeTimeout, written);
    }

    /** Waits until the socket has taken what was written: a slow client slows its own writer only. */
    private void onLoop(Supplier<Future<Void>> write) throws IOException, InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(turn -> {
            try {
                if (gone) {
                    done.completeExceptionally(new IOException("the client has gone"));
                } else {
                    bounded(write.get()).onSuccess(done::complete).onFailure(done::completeExceptionally);
                }
            } catch (RuntimeException refused) {
                // Such as a header that the library does not take: without this the writer would wait for ever.
                done.completeExceptionally(refused);
            }
        });
        try {
            done.get();
        } catch (ExecutionException failed) {
            throw new IOException("the client has gone", failed.getCause());
        }
    }

    private final class LoopSink implements Answer.Sink {
        @Override
        public void write(Bytes bytes) throws IOException, InterruptedException {
            onLoop(() -> response.write(buffer(bytes)));
        }

        @Override
        public boolean closed() {
            return gone;
        }
    }

    private static Buffer buffer(Bytes bytes) {
        return Buffer.buffer(bytes.toByteArray());
    }
}
