package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.api.route.Route;
import dev.ccproxy.config.SecretHash;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Access;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks every route with every method and every kind of caller: each is open to exactly those it is meant for. */
class RouteAccessTest {

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO");

    private static final String PASSWORD = "correct: horse battery";
    private static final String PROXY = "token-to-send";
    private static final String VIEWER = "token-to-look";
    private static final String ADMIN = "token-to-rule";

    /** Somebody who calls, and what they may do. */
    @SuppressWarnings("ImmutableEnumChecker") // lists that cannot be changed
    private enum CallerKind {
        NOBODY(401, 401),
        WRONG_PASSWORD(401, 401, basic("me", "correct: horse battery!")),
        WRONG_TOKEN(401, 401, "Authorization: Bearer nonsense"),
        EMPTY_PASSWORD(401, 401, basic("admin", "")),
        SENDER(403, 403, "Authorization: Bearer " + PROXY),
        VIEWER_BY_BEARER(0, 403, "Authorization: Bearer " + VIEWER),
        VIEWER_BY_HEADER(0, 403, "x-api-key: " + VIEWER),
        VIEWER_BY_BROWSER(0, 403, basic("anyone", VIEWER)),
        ADMIN_BY_BEARER(0, 0, "Authorization: Bearer " + ADMIN),
        OWNER(0, 0, basic("anyone", PASSWORD)),
        NOBODY_WHO_SAYS_LOCAL(401, 401, "X-Forwarded-For: 127.0.0.1"),
        OWNER_WHO_WAS_FORWARDED(0, 0, basic("", PASSWORD), "X-Forwarded-For: 203.0.113.7", "Via: 1.1 x");

        private final int looking;
        private final int changing;
        private final List<String> lines;

        CallerKind(int looking, int changing, String... lines) {
            this.looking = looking;
            this.changing = changing;
            this.lines = List.of(lines);
        }

        /** What this one is refused with; 0 for let in. */
        int refusal(Access access) {
            return switch (access) {
                case OPEN -> 0;
                case VIEWER -> looking;
                case ADMIN -> changing;
            };
        }
    }

    @TempDir
    Path folder;

    @Test
    void everyRouteAndMethodIsOpenToExactlyThoseItIsMeantFor() throws Exception {
        AtomicLong hours = new AtomicLong();
        LongSupplier forgetful = () -> Duration.ofHours(hours.incrementAndGet()).toNanos();
        try (ApiServer server = guarded(forgetful)) {
            for (CallerKind caller : CallerKind.values()) {
                for (Route route : server.routes()) {
                    for (String method : METHODS) {
                        check(server, caller, route, method);
                    }
                }
            }
        }
    }

    private void check(ApiServer server, CallerKind caller, Route route, String method) throws IOException {
        Optional<Access> asked = access(server, route, method);
        int status = status(server, method, path(route), caller.lines.toArray(String[]::new));
        String what = caller + " " + method + " " + route.path() + " -> " + status;
        int refusal = asked.map(caller::refusal).orElse(405);
        if (refusal == 0) {
            assertThat(status).as(what).isNotIn(401, 403, 405, 421, 429, 500);
        } else {
            assertThat(status).as(what).isEqualTo(refusal);
        }
    }

    /** What the route's path asks of this method; empty where it does not take it. */
    private static Optional<Access> access(ApiServer server, Route route, String method) {
        return server.routes().stream()
                .filter(each -> each.path().equals(route.path()))
                .filter(each -> each.method().equals(method)
                        || (method.equals("HEAD") && each.method().equals("GET")))
                .min(java.util.Comparator.comparing(each -> !each.method().equals(method)))
                .map(Route::access);
    }

    @Test
    void foreignHostsAndOriginsAreRefusedWhateverTheCredentials() throws Exception {
        try (ApiServer server = guarded()) {
            for (Route route : server.routes()) {
                try (RawClient client = RawClient.connect(server.port())) {
                    client.send(route.method() + " " + path(route) + " HTTP/1.1\r\nHost: evil.example\r\n"
                            + basic("me", PASSWORD) + "\r\n\r\n");
                    assertThat(client.readHead().status()).as(route.operation()).isEqualTo(421);
                }
                if (route.access() == Access.ADMIN) {
                    assertThat(status(
                                    server,
                                    route.method(),
                                    path(route),
                                    basic("me", PASSWORD),
                                    "Origin: https://evil.example"))
                            .as(route.operation())
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    void withNothingConfiguredOnlyThisMachineIsLetInAndForwardedCallsAreNot() throws Exception {
        try (ApiServer server = new ApiServer(folder)) {
            for (Route route : server.routes()) {
                int here = status(server, route.method(), path(route));
                int forwarded = status(server, route.method(), path(route), "X-Forwarded-For: 127.0.0.1");
                assertThat(here).as(route.operation()).isNotIn(401, 403);
                assertThat(forwarded).as(route.operation()).isEqualTo(route.access() == Access.OPEN ? here : 403);
            }
        }
    }

    @Test
    void whereOthersCanReachItNothingIsShownUntilSomebodyIsConfigured() throws Exception {
        for (String[] settings : new String[][] {
            {"server.trust_proxy", "true"},
            {"server.host", "0.0.0.0", "auth.enabled", "true", "auth.token", PROXY},
            {"server.host", "::", "auth.enabled", "true", "auth.token", PROXY}
        }) {
            Path separate = java.nio.file.Files.createTempDirectory(folder, "store");
            try (ApiServer server = new ApiServer(separate, settings)) {
                for (Route route : server.routes()) {
                    for (String line : List.of("Accept: */*", "x-api-key: " + PROXY, basic("me", ""))) {
                        try (RawClient client = RawClient.connect(server.port())) {
                            client.send(client.head(route.method(), path(route), line));
                            if (route.access() == Access.OPEN) {
                                assertThat(client.readHead().status())
                                        .as(route.operation())
                                        .isLessThan(400);
                            } else {
                                RawClient.Received answer = client.read(route.method());
                                assertThat(answer.head().status())
                                        .as(route.operation())
                                        .isEqualTo(403);
                                assertThat(answer.text()).contains("DASHBOARD_PASSWORD", "auth.tokens");
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void aBrowserIsAskedForThePassword() throws Exception {
        try (ApiServer server = guarded();
                RawClient client = RawClient.connect(server.port())) {
            RawClient.Received answer = client.get("/").read("GET");

            assertThat(answer.head().status()).isEqualTo(401);
            assertThat(answer.head().header("www-authenticate"))
                    .isEqualTo("Basic realm=\"Claude Code Proxy\", charset=\"UTF-8\"");
            assertThat(answer.head().header("content-type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void theLiveFeedIsGuardedToo() throws Exception {
        try (ApiServer server = guarded();
                RawClient client = RawClient.connect(server.port())) {
            assertThat(status(server, "GET", "/api/stream")).isEqualTo(401);

            client.get("/api/stream", basic("me", PASSWORD));
            assertThat(client.readHead().header("content-type")).startsWith("text/event-stream");
        }
    }

    @Test
    void wrongPasswordsAreSlowedDownAndInBulkNotLookedAt() throws Exception {
        try (ApiServer server = guarded()) {
            List<RawClient> clients = new ArrayList<>();
            List<Integer> statuses = new ArrayList<>();
            long before = System.nanoTime();
            for (int i = 0; i < 40; i++) {
                RawClient client = RawClient.connect(server.port());
                clients.add(client);
                client.get("/api/exchanges", basic("me", "guess" + i));
            }
            for (RawClient client : clients) {
                statuses.add(client.read("GET").head().status());
                client.close();
            }

            assertThat(statuses).contains(401, 429).doesNotContain(200);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(4));
            assertThat(status(server, "GET", "/api/exchanges", basic("me", PASSWORD)))
                    .isEqualTo(200);
        }
    }

    @Test
    void aConfiguredOriginMayAskAndReadAndStillNeedsCredentials() throws Exception {
        String origin = "Origin: https://tools.example.com";
        try (ApiServer server = guarded("cors.allowed_origins", "https://tools.example.com")) {
            try (RawClient client = RawClient.connect(server.port())) {
                client.send(client.head("OPTIONS", "/api/requests", origin, "Access-Control-Request-Method: DELETE"));
                RawClient.Received answer = client.read("OPTIONS");
                assertThat(answer.head().status()).isEqualTo(204);
                assertThat(answer.head().header("access-control-allow-origin")).isEqualTo("https://tools.example.com");
                assertThat(answer.head().header("access-control-allow-methods")).contains("DELETE");
            }
            try (RawClient client = RawClient.connect(server.port())) {
                RawClient.Received answer = client.get("/api/exchanges", origin, basic("me", PASSWORD))
                        .read("GET");
                assertThat(answer.head().status()).isEqualTo(200);
                assertThat(answer.head().header("access-control-allow-origin")).isEqualTo("https://tools.example.com");
                assertThat(answer.head().header("vary")).isEqualTo("Origin");
            }
            assertThat(status(server, "DELETE", "/api/requests", origin, "Sec-Fetch-Site: cross-site"))
                    .isEqualTo(401);
            assertThat(status(
                            server,
                            "DELETE",
                            "/api/requests",
                            origin,
                            "Sec-Fetch-Site: cross-site",
                            basic("me", PASSWORD)))
                    .isEqualTo(200);
            try (RawClient client = RawClient.connect(server.port())) {
                RawClient.Received answer = client.get(
                                "/api/exchanges", "Origin: https://other.example.com", basic("me", PASSWORD))
                        .read("GET");
                assertThat(answer.head().headers().contains("access-control-allow-origin"))
                        .isFalse();
            }
        }
    }

    private ApiServer guarded(String... more) throws Exception {
        return guarded(System::nanoTime, more);
    }

    private ApiServer guarded(LongSupplier nanoTime, String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "server.host",
                "0.0.0.0",
                "auth.enabled",
                "true",
                "dashboard.password",
                PASSWORD,
                "auth.tokens",
                "p:proxy:" + hash(PROXY) + ",v:viewer:" + hash(VIEWER) + ",a:admin:" + hash(ADMIN)));
        settings.addAll(Arrays.asList(more));
        return new ApiServer(folder, nanoTime, settings.toArray(String[]::new));
    }

    private static String hash(String token) {
        return SecretHash.of(token).sha256();
    }

    private static String basic(String user, String password) {
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(login);
    }

    private static int status(ApiServer server, String method, String path, String... lines) throws IOException {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(client.head(method, path, "Content-Length: 0", lines));
            return client.readHead().status();
        }
    }

    private static String path(Route route) {
        return route.path()
                .replace("**", "app.js")
                .replace("{id}", ExchangeId.next(Instant.now()).toString());
    }
}
