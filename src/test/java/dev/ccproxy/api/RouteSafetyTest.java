package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Access;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.SampleExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must hold for every route there is, and for every one that will be added. */
class RouteSafetyTest {

    private static final List<String> READING = List.of("GET", "HEAD");

    @TempDir
    Path folder;

    private ApiServer server;
    private ExchangeId id;

    /** They are sent a body, and change nothing. */
    private static final Set<String> ASKING = Set.of("simulateRoutes");

    @BeforeEach
    void start() throws Exception {
        server = new ApiServer(folder);
        SampleExchange sample = SampleExchange.now();
        id = sample.id();
        sample.writeAll(server.writer(), Bytes.utf8("{}"), Bytes.utf8("data: {}\n\n"));
        assertThat(server.writer().flush(Duration.ofSeconds(10))).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void everyRouteRefusesAForeignHost() throws Exception {
        for (Route route : server.routes()) {
            String answer = raw(route.method() + " " + path(route) + " HTTP/1.1\r\nHost: evil.example\r\n\r\n");
            assertThat(answer).as(route.operation()).startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void everyChangingRouteRefusesAForeignOrigin() throws Exception {
        List<Route> changing = server.routes().stream()
                .filter(route -> !READING.contains(route.method()))
                .toList();
        assertThat(changing)
                .isNotEmpty()
                .allMatch(route -> route.access() == Access.ADMIN || ASKING.contains(route.operation()));
        for (Route route : changing) {
            for (String origin : List.of("https://evil.example", "null", "http://localhost:1")) {
                HttpResponse<byte[]> answer = server.send(server.request(route.method(), path(route))
                        .header("Origin", origin)
                        .build());
                assertThat(answer.statusCode())
                        .as(route.operation() + " from " + origin)
                        .isEqualTo(403);
            }
        }
        assertThat(server.reader().find(id)).as("nothing was deleted").isPresent();
    }

    @Test
    void everyReadingRouteIsOpenToReadingOnly() {
        assertThat(server.routes().stream().filter(route -> READING.contains(route.method())))
                .noneMatch(route -> route.access() == Access.ADMIN);
    }

    @Test
    void noAnswerCarriesCorsHeadersAndEveryAnswerIsFenced() throws Exception {
        for (Route route : server.routes()) {
            HttpResponse<InputStream> answer = server.open(server.request(route.method(), path(route))
                    .header("Origin", "http://localhost:" + server.port())
                    .build());
            answer.body().close();
            assertThat(answer.statusCode())
                    .as(route.operation())
                    .isLessThan(500)
                    .isNotEqualTo(403);
            assertThat(answer.headers().map().keySet())
                    .as(route.operation())
                    .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
            assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
                    .as(route.operation())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("x-content-type-options"))
                    .as(route.operation())
                    .hasValue("nosniff");
            assertThat(answer.headers().firstValue("cache-control").orElse(""))
                    .as(route.operation())
                    .isEqualTo(caching(route, answer.statusCode()));
        }
    }

    @Test
    void whatTheServerRefusesHasTheFormOfEveryProblem() throws Exception {
        JsonNode schema =
                JsonMapper.shared().readTree(server.get("/openapi.json").body());
        for (HttpResponse<byte[]> answer : List.of(
                server.send("GET", "/api/nothing"),
                server.send("PATCH", "/api/exchanges"),
                server.send(server.request("DELETE", "/api/requests")
                        .header("Sec-Fetch-Site", "cross-site")
                        .build()))) {
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(OpenApiTest.schema(schema, "#/components/schemas/Problem")
                            .validate(JsonMapper.shared().readTree(answer.body())))
                    .isEmpty();
        }
    }

    @Test
    void aPreflightIsNeverGranted() throws Exception {
        for (Route route : server.routes()) {
            HttpResponse<byte[]> answer = server.send(server.request("OPTIONS", path(route))
                    .header("Origin", "https://evil.example")
                    .header("Access-Control-Request-Method", "DELETE")
                    .build());
            assertThat(answer.statusCode()).as(route.operation()).isEqualTo(405);
        }
    }

    @Test
    void noPathLeadsOutOfTheAssets() throws Exception {
        for (String path : List.of(
                "/assets/../index.html",
                "/assets/%2e%2e/%2e%2e/ccproxy.db",
                "/assets/..%2f..%2fetc%2fpasswd",
                "/assets//etc/passwd",
                "/assets/%00",
                "/assets/",
                "/assets/app.js/..",
                "/assets/index.html")) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(path).matches("(?s)HTTP/1.1 40[04] .*");
        }
    }

    static boolean isDashboardFile(Route route) {
        return isPage(route) || isAsset(route);
    }

    private static boolean isPage(Route route) {
        return route.method().equals("GET")
                && route.replies().stream()
                        .anyMatch(reply -> reply.contentType().startsWith("text/html"));
    }

    private static boolean isAsset(Route route) {
        return route.replies().stream().anyMatch(reply -> reply.contentType().equals("*/*"));
    }

    /** Recorded content is never kept by a browser; what the program itself is made of may be. */
    private static String caching(Route route, int status) {
        return isPage(route) ? "no-cache" : isAsset(route) && status == 200 ? DashboardFile.IMMUTABLE : "no-store";
    }

    private String path(Route route) throws Exception {
        return Stream.of(route.parameters())
                .flatMap(List::stream)
                .filter(parameter -> parameter.place() == Parameter.Place.PATH)
                .reduce(
                        route.path().replace("**", DashboardFilesTest.anyAsset()),
                        (path, parameter) -> path.replace("{" + parameter.name() + "}", id.toString()),
                        (one, other) -> one);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
