package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.SecretHash;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who may send requests through the proxy, and that the proxy's own token stays here. */
class ProxyAccessTest {

    private static final String SHARED = "shared-proxy-token";
    private static final String ALICE = "token-of-alice";
    private static final String EVE = "token-of-eve-who-looks";
    private static final String ROOT = "token-of-root";

    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    private ProxyUnderTest guarded(String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "auth.enabled",
                "true",
                "auth.token",
                SHARED,
                "auth.allow_localhost_bypass",
                "false",
                "auth.tokens",
                "alice:proxy:" + hash(ALICE) + ",eve:viewer:" + hash(EVE) + ",root:admin:" + hash(ROOT)));
        settings.addAll(Arrays.asList(more));
        return ProxyUnderTest.to(upstream, settings.toArray(String[]::new));
    }

    private static String hash(String token) {
        return SecretHash.of(token).sha256();
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization: Bearer shared-proxy-token, x-api-key: sk-ant-mine",
        "authorization: bearer   shared-proxy-token, X-Api-Key: sk-ant-mine",
        "x-api-key: shared-proxy-token, Authorization: Bearer sk-ant-oat-mine",
        "X-API-KEY: shared-proxy-token, authorization: Bearer mine",
    })
    void theProxysTokenStaysHereAndTheOtherCredentialGoesOn(String token, String own) throws Exception {
        try (ProxyUnderTest proxy = guarded();
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", "{}", token, own)
                            .read()
                            .head()
                            .status())
                    .isEqualTo(200);

            UpstreamRequest request = upstream.awaitRequest();
            assertThat(request.head().text()).contains(own).doesNotContain(SHARED);
            assertThat(request.head().headers().lines())
                    .as("the whole line of the token is gone")
                    .hasSize(4);
        }
    }

    @Test
    void aTokenThatIsSentTwiceStaysHereTwice() throws Exception {
        try (ProxyUnderTest proxy = guarded();
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}", "x-api-key: " + ALICE, "Authorization: Bearer " + SHARED)
                    .read();

            assertThat(upstream.awaitRequest().head().headers().lines())
                    .extracting(line -> line.name().toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("authorization", "x-api-key");
        }
    }

    @Test
    void aTokenMayComeInAHeaderOfItsOwn() throws Exception {
        try (ProxyUnderTest proxy = guarded("auth.api_key_header", "X-Proxy-Token");
                RawClient client = proxy.client()) {
            client.post(
                            "/v1/messages",
                            "{}",
                            "x-proxy-token: " + SHARED,
                            "x-api-key: mine",
                            "Authorization: Bearer mine-too")
                    .read();
            assertThat(upstream.awaitRequest().head().text())
                    .contains("x-api-key: mine", "Authorization: Bearer mine-too")
                    .doesNotContain("x-proxy-token");

            assertThat(client.post("/v1/messages", "{}", "x-api-key: " + SHARED)
                            .read()
                            .head()
                            .status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: */*",
                "Authorization: Bearer wrong",
                "x-api-key: shared-proxy-token2",
                "x-api-key: Shared-proxy-token",
                "Authorization: shared-proxy-token",
                "Authorization: Basic OnNoYXJlZC1wcm94eS10b2tlbg==",
                "Cookie: token=shared-proxy-token"
            })
    void withoutTheRightTokenNothingIsForwarded(String line) throws Exception {
        try (ProxyUnderTest proxy = guarded();
                RawClient client = proxy.client()) {
            RawClient.Received answer =
                    client.post("/v1/messages", "{\"secret\":1}", line).read();

            assertThat(answer.head().status()).isEqualTo(401);
            assertThat(answer.head().header("www-authenticate")).startsWith("Bearer ");
            assertThat(answer.text())
                    .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"");
            JsonNode recorded = recordedBy(proxy);
            assertThat(recorded.path("id").asString()).isEqualTo(answer.exchangeId());
            assertThat(recorded.path("outcome").asString()).isEqualTo("refused");
            assertThat(recorded.path("status").asInt()).isEqualTo(401);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void aViewersTokenIsForLookingOnly() throws Exception {
        try (ProxyUnderTest proxy = guarded();
                RawClient client = proxy.client()) {
            RawClient.Received answer =
                    client.post("/v1/messages", "{}", "x-api-key: " + EVE).read();

            assertThat(answer.head().status()).isEqualTo(403);
            assertThat(answer.text()).contains("permission_error");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void noTokenOfOursIsEverRecorded() throws Exception {
        try (ProxyUnderTest proxy = guarded()) {
            for (String token : List.of(SHARED, ALICE, EVE, ROOT)) {
                try (RawClient client = proxy.client()) {
                    client.post("/v1/messages", "{}", "x-api-key: " + token, "Authorization: Bearer mine")
                            .read();
                }
            }
            assertThat(proxy.recorded().asViewer(ROOT).awaitEnded(4)).allSatisfy(exchange -> {
                JsonNode detail = proxy.recorded()
                        .asViewer(ROOT)
                        .detail(exchange.path("id").asString());
                assertThat(detail.toString())
                        .contains("hmac:")
                        .doesNotContain(SHARED)
                        .doesNotContain(ALICE)
                        .doesNotContain("mine")
                        .doesNotContainIgnoringCase("x-api-key");
            });
        }
    }

    @Test
    void theNameOfAPersonalTokenIsRecordedAndNoneOfTheSharedOne() throws Exception {
        try (ProxyUnderTest proxy = guarded()) {
            assertThat(status(proxy, "x-api-key: " + ALICE)).isEqualTo(200);
            assertThat(status(proxy, "x-api-key: " + SHARED)).isEqualTo(200);

            var recorded = proxy.recorded().asViewer(ROOT);
            assertThat(recorded.awaitEnded(2))
                    .extracting(exchange -> recorded.detail(exchange.path("id").asString())
                            .path("tokenName")
                            .asString(""))
                    .containsExactly("alice", "");
        }
    }

    @Test
    void clientsOnThisMachineNeedNoTokenUnlessTheyWereForwarded() throws Exception {
        try (ProxyUnderTest proxy = guarded("auth.allow_localhost_bypass", "true")) {
            assertThat(status(proxy, "x-api-key: sk-ant-mine")).isEqualTo(200);
            for (String line : List.of(
                    "X-Forwarded-For: 127.0.0.1",
                    "x-forwarded-host: localhost",
                    "Forwarded: for=127.0.0.1",
                    "Via: 1.1 somewhere")) {
                assertThat(status(proxy, line)).as(line).isEqualTo(401);
            }
            assertThat(status(proxy, "Via: 1.1 somewhere", "x-api-key: " + SHARED))
                    .isEqualTo(200);
        }
    }

    @Test
    void behindAReverseProxyNobodyIsLocal() throws Exception {
        try (ProxyUnderTest proxy = ProxyUnderTest.to(
                upstream, "auth.enabled", "true", "auth.token", SHARED, "server.trust_proxy", "true")) {
            assertThat(status(proxy, "Accept: */*")).isEqualTo(401);
            assertThat(status(proxy, "x-api-key: " + SHARED)).isEqualTo(200);
        }
    }

    @Test
    void withoutAuthenticationEveryCredentialGoesOn() throws Exception {
        try (ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages", "{}", "Authorization: Bearer a", "x-api-key: b")
                    .read();
            assertThat(upstream.awaitRequest().head().text()).contains("Authorization: Bearer a", "x-api-key: b");
        }
    }

    @Test
    void whoeverTriesWrongTokensIsSlowedDownAndThenSentAwayWhileTheRightTokenStillWorksLater() throws Exception {
        try (ProxyUnderTest proxy = guarded()) {
            List<Integer> statuses = new ArrayList<>();
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                RawClient client = proxy.client();
                clients.add(client);
                client.post("/v1/messages", "{}", "x-api-key: guess-" + i);
            }
            for (RawClient client : clients) {
                statuses.add(client.read().head().status());
                client.close();
            }
            assertThat(statuses).contains(401, 429).doesNotContain(200);
            assertThat(upstream.requests()).isEmpty();

            assertThat(status(proxy, "x-api-key: " + SHARED)).isEqualTo(200);
        }
    }

    @Test
    void aDashboardWithAnOldPasswordDoesNotCostTheClientsOfItsAddressTheirRequests() throws Exception {
        List<RawClient> tabs = new ArrayList<>();
        try (ProxyUnderTest proxy = guarded()) {
            for (int i = 0; i < 40; i++) {
                tabs.add(proxy.client().get("/api/exchanges", "Authorization: Bearer old"));
            }
            assertThat(tabs.getLast().read("GET").head().status()).isEqualTo(429);

            assertThat(status(proxy, "x-api-key: " + SHARED)).isEqualTo(200);
        } finally {
            for (RawClient tab : tabs) {
                tab.close();
            }
        }
    }

    private static int status(ProxyUnderTest proxy, String... lines) throws IOException {
        try (RawClient client = proxy.client()) {
            return client.post("/v1/messages", "{}", lines).read().head().status();
        }
    }

    private static JsonNode recordedBy(ProxyUnderTest proxy) {
        return proxy.recorded().asViewer(ROOT).awaitEnded();
    }
}
