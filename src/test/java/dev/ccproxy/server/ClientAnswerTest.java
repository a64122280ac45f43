package dev.ccproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.auth.DashboardGate;
import dev.ccproxy.auth.WrongTries;
import dev.ccproxy.config.Settings;
import dev.ccproxy.http.Access;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.http.Headers;
import dev.ccproxy.testing.TestSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
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
        Settings settings = TestSettings.of(directory);
        EndpointHandler handler = new EndpointHandler(
                List.of(new Endpoint("GET", "/", Access.OPEN, call -> answer)),
                new DashboardGate(settings, new WrongTries(System::nanoTime)),
                new PageOrigins(settings.cors()));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }
}
