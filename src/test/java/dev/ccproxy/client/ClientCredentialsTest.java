package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.SecretHash;
import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The documented ways in which the real client sends the proxy's token beside its own credential. */
class ClientCredentialsTest {

    private static final String TOKEN = "ccp-token-of-alice";
    private static final String OWN = "sk-ant-own-credential";

    /** What the client has of Anthropic, where it then sends the proxy's token, and the header line that must go on. */
    @SuppressWarnings("ImmutableEnumChecker") // maps that cannot be changed
    enum Kind {
        API_KEY_AND_TOKEN_BY_VARIABLE(
                Map.of("ANTHROPIC_API_KEY", OWN, "ANTHROPIC_AUTH_TOKEN", TOKEN), "x-api-key", OWN, "authorization"),
        API_KEY_AND_TOKEN_BY_HEADER(
                Map.of("ANTHROPIC_API_KEY", OWN, "ANTHROPIC_CUSTOM_HEADERS", "Authorization: Bearer " + TOKEN),
                "x-api-key",
                OWN,
                "authorization"),
        BEARER_TOKEN(
                Map.of(
                        "ANTHROPIC_API_KEY",
                        "",
                        "ANTHROPIC_AUTH_TOKEN",
                        OWN,
                        "ANTHROPIC_CUSTOM_HEADERS",
                        "x-api-key: " + TOKEN),
                "authorization",
                "Bearer " + OWN,
                "x-api-key"),
        OAUTH_LOGIN(
                Map.of(
                        "ANTHROPIC_API_KEY",
                        "",
                        "CLAUDE_CODE_OAUTH_TOKEN",
                        "sk-ant-oat01-own",
                        "ANTHROPIC_CUSTOM_HEADERS",
                        "x-api-key: " + TOKEN),
                "authorization",
                "Bearer sk-ant-oat01-own",
                "x-api-key"),
        NOTHING_OF_ITS_OWN(
                Map.of("ANTHROPIC_API_KEY", "", "ANTHROPIC_AUTH_TOKEN", TOKEN), "authorization", null, "x-api-key");

        private final Map<String, String> environment;
        private final String ownHeader;
        private final String ownValue;
        private final String tokensHeader;

        Kind(
                Map<String, String> environment,
                String ownHeader,
                @org.jspecify.annotations.Nullable String ownValue,
                String tokensHeader) {
            this.environment = environment;
            this.ownHeader = ownHeader;
            this.ownValue = ownValue == null ? "" : ownValue;
            this.tokensHeader = tokensHeader;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theProxysTokenLetsInAndTheClientsOwnCredentialGoesOn(Kind kind) throws Exception {
        ClaudeCode claude = ClaudeCode.installed();
        try (ClaudeWorkplace workplace = ClaudeWorkplace.create();
                FakeUpstream upstream = ClientBench.start((request, reply) ->
                        AnthropicScript.message("msg_0Hello", request.model()).text("Hello!").stream(reply));
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        upstream,
                        "auth.enabled",
                        "true",
                        "auth.allow_localhost_bypass",
                        "false",
                        "auth.tokens",
                        "alice:admin:" + SecretHash.of(TOKEN).sha256())) {
            ClaudeSession.Result result =
                    ClaudeSession.print(claude, workplace, proxy.uri(), kind.environment, "Say hello.");

            assertThat(result.output()).isEqualTo("Hello!\n");
            var head = upstream.awaitRequest().head();
            assertThat(head.text()).doesNotContain(TOKEN);
            assertThat(head.headers().first(kind.ownHeader).orElse("")).isEqualTo(kind.ownValue);
            assertThat(head.headers().contains(kind.tokensHeader)).isFalse();
            var recorded = proxy.recorded().asViewer(TOKEN).awaitEnded();
            assertThat(recorded.path("outcome").asString()).isEqualTo("completed");
        }
    }
}
