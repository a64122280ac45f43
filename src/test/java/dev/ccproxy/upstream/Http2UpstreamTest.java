package dev.ccproxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.TlsIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class Http2UpstreamTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<HttpServerRequest> requests = new LinkedBlockingQueue<>();
    private final Set<Object> connections = ConcurrentHashMap.newKeySet();
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        TlsIdentity identity = TlsIdentity.create(folder);
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(KeyCertOptions.wrap(identity.keyManager())))
                .connectionHandler(connections::add)
                .requestHandler(request -> {
                    request.pause();
                    requests.add(request);
                });
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        proxy = ProxyUnderTest.to(
                URI.create("https://127.0.0.1:" + port),
                Map.of(),
                "providers.anthropic.ca_file",
                identity.pem().toString(),
                "providers.anthropic.http_version",
                "2");
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void streamsPassAtOnceOverOneConnection() throws Exception {
        try (RawClient first = proxy.client();
                RawClient second = proxy.client()) {
            first.get("/v1/first");
            HttpServerRequest one = next();
            second.get("/v1/second");
            HttpServerRequest two = next();
            assertThat(one.version().name()).isEqualTo("HTTP_2");

            for (HttpServerRequest request : new HttpServerRequest[] {one, two}) {
                request.response().setChunked(true).write("data: " + request.uri() + "\n\n");
            }
            assertThat(first.readUntil("/v1/first")).contains("200");
            assertThat(second.readUntil("/v1/second")).contains("200");
            one.response().end();
            assertThat(first.readUntil("0\r\n\r\n")).endsWith("0\r\n\r\n");
        }
    }

    @Test
    void aClientThatLeavesResetsItsStreamOnly() throws Exception {
        try (RawClient leaving = proxy.client()) {
            leaving.get("/v1/leaving");
            HttpServerRequest request = next();
            CountDownLatch reset = new CountDownLatch(1);
            request.response().exceptionHandler(cause -> reset.countDown());
            request.response().setChunked(true).write("data: 1\n\n");
            leaving.readUntil("data: 1");
            leaving.reset();

            assertThat(reset.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aResetStreamReachesTheClientAsABreak() throws Exception {
        try (RawClient client = proxy.client()) {
            client.get("/v1/broken");
            HttpServerRequest request = next();
            request.response().setChunked(true).write("data: 1\n\n");
            MessageHead head = client.readHead();
            request.response().reset();

            RawClient.Received answer = client.readBody(head, "GET");
            assertThat(answer.text()).isEqualTo("data: 1\n\n");
            assertThat(answer.ending()).isNotEqualTo(Ending.WHOLE);
        }
    }

    private HttpServerRequest next() throws InterruptedException {
        HttpServerRequest request = requests.poll(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }
}
