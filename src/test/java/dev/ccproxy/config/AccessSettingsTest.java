package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessSettingsTest {

    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final String OTHER_HASH = "fedcba9876543210".repeat(4);

    @TempDir
    private Path directory;

    private LoadedSettings given() {
        return new LoadedSettings(directory);
    }

    @Test
    void nothingIsAskedForByDefault() {
        Settings settings = given().settings();

        assertThat(settings.auth().enabled()).isFalse();
        assertThat(settings.auth().apiKeyHeader()).isEqualTo("x-api-key");
        assertThat(settings.auth().localhostBypass()).isTrue();
        assertThat(settings.auth().tokens()).isEmpty();
        assertThat(settings.dashboard().password()).isEmpty();
        assertThat(settings.cors().allowedOrigins()).isEmpty();
        assertThat(settings.server().loopbackOnly()).isTrue();
    }

    @Test
    void anAddressThatOthersReachNeedsATokenOrAGuard() {
        for (String host : List.of("0.0.0.0", "::", "192.168.1.5", "build.example.com", "127.1", "1")) {
            assertThat(given().environment("SERVER_HOST", host).problems())
                    .as(host)
                    .singleElement()
                    .asString()
                    .contains("AUTH_ENABLED=true with AUTH_TOKEN", "TRUST_PROXY=true", "use 127.0.0.1");
            assertThat(given().environment("SERVER_HOST", host)
                            .environment("AUTH_ENABLED", "true")
                            .environment("AUTH_TOKEN", "hush")
                            .problems())
                    .as(host)
                    .isEmpty();
            assertThat(given().environment("SERVER_HOST", host)
                            .environment("TRUST_PROXY", "true")
                            .problems())
                    .as(host)
                    .isEmpty();
        }
    }

    @Test
    void aTokenAloneProtectsNothingAndIsReported() {
        assertThat(given().environment("AUTH_TOKEN", "hush").problems())
                .containsExactly("environment AUTH_TOKEN: auth.token = (hidden): the token is not asked for unless"
                        + " AUTH_ENABLED=true (auth.enabled); set that, or false to leave the token unused");
        assertThat(given().environment("AUTH_TOKEN", "hush")
                        .environment("AUTH_ENABLED", "false")
                        .problems())
                .isEmpty();
    }

    @Test
    void askingForATokenThatNobodyHasIsReported() {
        assertThat(given().environment("AUTH_ENABLED", "true").problems())
                .singleElement()
                .asString()
                .contains("nobody could come in", "AUTH_TOKEN");
        assertThat(given().yaml("auth: {enabled: true, tokens: [{name: eve, role: viewer, sha256: " + HASH + "}]}")
                        .problems())
                .singleElement()
                .asString()
                .contains("nobody could come in");
        assertThat(given().yaml("auth: {enabled: true, tokens: [{name: eve, role: proxy, sha256: " + HASH + "}]}")
                        .problems())
                .isEmpty();
    }

    @Test
    void tokensAreAListOfNameRoleAndHash() {
        LoadedSettings given = given().yaml("""
                auth:
                  tokens:
                    - {name: alice, role: proxy, sha256: "%s"}
                    - sha256: %s
                      role: Admin
                      name: bob@example.com
                """.formatted(HASH, OTHER_HASH.toUpperCase(java.util.Locale.ROOT)));

        assertThat(given.settings().auth().tokens())
                .containsExactly(
                        new AccessToken("alice", AccessToken.Role.PROXY, new SecretHash(HASH)),
                        new AccessToken("bob@example.com", AccessToken.Role.ADMIN, new SecretHash(OTHER_HASH)));
        assertThat(given.effective("auth.tokens"))
                .isEqualTo("alice:proxy:***,bob@example.com:Admin:*** (config.yaml:3)");
    }

    @Test
    void wrongTokensAreReportedWithoutTheirHashes() {
        for (String wrong : List.of(
                "[{name: alice, role: proxy}]",
                "[{name: alice, role: king, sha256: " + HASH + "}]",
                "[{name: alice, role: proxy, sha256: abc}]",
                "[{name: 'a b', role: proxy, sha256: " + HASH + "}]",
                "[{name: a, role: proxy, sha256: " + HASH + ", colour: red}]",
                "[{name: a, role: proxy, sha256: " + HASH + "}, {name: b, role: proxy, sha256: " + HASH + "}]",
                "[{name: a, role: proxy, sha256: " + HASH + "}, {name: a, role: proxy, sha256: " + OTHER_HASH + "}]",
                "{name: a}")) {
            assertThat(given().yaml("auth: {tokens: " + wrong + "}").problems())
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .contains("auth.tokens", "must be a list of name, role")
                    .doesNotContain(HASH);
        }
    }

    @Test
    void secretsAreKeptAsHashesOnly() {
        Settings settings = given().environment("AUTH_ENABLED", "true")
                .environment("AUTH_TOKEN", "sesame")
                .environment("DASHBOARD_PASSWORD", "open it")
                .settings();

        assertThat(settings.toString()).doesNotContain("sesame").doesNotContain("open it");
        assertThat(settings.auth().token()).contains(SecretHash.of("sesame"));
        assertThat(settings.dashboard().password().orElseThrow().matches(SecretHash.of("open it")))
                .isTrue();
        assertThat(settings.dashboard().password().orElseThrow().matches(SecretHash.of("open It")))
                .isFalse();
    }

    @Test
    void behindAReverseProxyTheBypassHasToBeAskedFor() {
        assertThat(given().environment("TRUST_PROXY", "true").settings().auth().localhostBypass())
                .isFalse();
        assertThat(given().environment("TRUST_PROXY", "true")
                        .environment("AUTH_ALLOW_LOCALHOST_BYPASS", "true")
                        .settings()
                        .auth()
                        .localhostBypass())
                .isTrue();
    }

    @Test
    void originsAreNamedOneByOne() {
        assertThat(given().environment("CORS_ALLOWED_ORIGINS", "https://A.example.com, http://localhost:3000")
                        .settings()
                        .cors()
                        .allowedOrigins())
                .containsExactly("https://a.example.com", "http://localhost:3000");
        for (String wrong : List.of("*", "a.example.com", "https://a.example.com/", "null")) {
            assertThat(given().environment("CORS_ALLOWED_ORIGINS", wrong).problems())
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .contains("never *");
        }
    }

    @Test
    void theTokensHeaderMustMeanNothingElse() {
        for (String wrong : List.of("Host", "authorization", "content-length", "a b", "x:y")) {
            assertThat(given().environment("AUTH_API_KEY_HEADER", wrong).problems())
                    .as(wrong)
                    .hasSize(1);
        }
        assertThat(given().environment("AUTH_API_KEY_HEADER", "X-Proxy-Token")
                        .settings()
                        .auth()
                        .apiKeyHeader())
                .isEqualTo("x-proxy-token");
    }
}
