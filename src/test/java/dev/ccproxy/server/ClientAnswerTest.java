package dev.ccproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.auth.DashboardGate;
import dev.ccproxy.auth.WrongTries;
import dev.ccproxy.config.Settings;
import dev.ccproxy.http.Access;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.http.Headers;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.TestSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientAnswerTest {

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static List<Answer> impossible() {
        Headers impossible = Headers.of("X-Broken", "a\r\nb");
        return List.of(new Answer.Streamed(200, impossible, sink -> {}), new Answer.Full(200, impossible, Bytes.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void anAnswerThatCannotBeWrittenBreaksInsteadOfHanging(Answer answer) throws Exception {
        try (Socket socket = connect(serve(answer))) {
            ask(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void aViewerThatTakesNothingOfAStreamLosesItsConnection() throws Exception {
        CountDownLatch freed = new CountDownLatch(1);
        Bytes piece = Bytes.wrap(new byte[64 << 10]);
        Answer.Writer endless = new Answer.Writer() {
            @Override
            public void writeTo(Answer.Sink sink) throws IOException, InterruptedException {
                while (!sink.closed()) {
                    sink.write(piece);
                }
            }

            @Override
            public void close() {
                freed.countDown();
            }
        };
        try (Socket socket =
                connect(serve(new Answer.Streamed(200, Headers.EMPTY, endless), "server.timeouts.write", "300ms"))) {
            ask(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertClosed(socket);
            Patience.await(freed);
        }
    }

    @Test
    void aViewerThatTakesNothingOfAWholeAnswerLosesItsConnection() throws Exception {
        Answer.Full large = new Answer.Full(200, Headers.EMPTY, Bytes.wrap(new byte[64 << 20]));
        try (Socket socket = connect(serve(large, "server.timeouts.write", "300ms"))) {
            ask(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertClosed(socket);
        }
    }

    @Test
    void aViewerThatIsSlowerThanTheLimitGetsItsAnswerWhole() throws Exception {
        Answer.Full large = new Answer.Full(200, Headers.EMPTY, Bytes.wrap(new byte[24 << 20]));
        try (Socket socket = connect(serve(large, "server.timeouts.write", "1500ms"))) {
            ask(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            long read = 0;
            for (int i = 0; i < 12; i++) {
                read += socket.getInputStream().readNBytes(2 << 20).length;
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            read += socket.getInputStream().readAllBytes().length;
            assertThat(read).isGreaterThan(24 << 20);
        }
    }

    @Test
    void aRequestWhoseBodyDoesNotComeIsRefused() throws Exception {
        try (Socket socket = connect(serve(Answer.of(200, "text/plain", "ok"), "server.timeouts.read", "300ms"))) {
            ask(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("Nothing of the request came for 300 ms.");
        }
    }

    @Test
    void aRequestWhoseBodyKeepsComingIsServed() throws Exception {
        try (Socket socket = connect(serve(Answer.of(200, "text/plain", "ok"), "server.timeouts.read", "2s"))) {
            ask(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 9\r\n\r\n");
            for (int i = 0; i < 9; i++) {
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                ask(socket, "x");
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    /** Gives the port of a server of this answer. */
    private int serve(Answer answer, String... configured) throws Exception {
        Settings settings = TestSettings.of(directory, configured);
        EndpointHandler handler = new EndpointHandler(
                List.of(new Endpoint("GET", "/", Access.OPEN, call -> answer)),
                new DashboardGate(settings, new WrongTries(System::nanoTime)),
                new PageOrigins(settings.cors()),
                settings.server());
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void ask(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A client that does not read learns of the close when it sends: the other side resets then. */
    private static void assertClosed(Socket socket) {
        Patience.untilPasses(() -> assertThatThrownBy(() -> ask(socket, "\r\n")).isInstanceOf(IOException.class));
    }
}
