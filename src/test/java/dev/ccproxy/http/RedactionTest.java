package dev.ccproxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final String HASH = "hmac:[0-9a-f]{16}";

    private final Redaction redaction = new Redaction(Bytes.utf8("a key of one store"), "X-Pass");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Proxy-Authorization",
                "X-Api-Key",
                "api-key",
                "Cookie",
                "set-cookie",
                "my_key",
                "KEY",
                "x-session-token",
                "client_secret",
                "PasswordHash",
                "x-pass",
                "apikey",
                "apiKey",
                "APIKEY",
                "accesskey",
                "X-SubscriptionKey"
            })
    void credentialsAreHashed(String name) {
        assertThat(redaction.headers(Headers.of(name, "sk-1")).first(name).orElseThrow())
                .matches(HASH);
        assertThat(redaction.target("/v1/files?a=1&" + name + "=sk-1&b"))
                .matches("/v1/files\\?a=1&" + name + "=" + HASH + "&b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic-version",
                "keyboard",
                "monkey",
                "sea-monkey",
                "seaMonkey",
                "turkey",
                "key-id",
                "x-app",
                "host"
            })
    void everythingElseIsKept(String name) {
        assertThat(redaction.headers(Headers.of(name, "plain"))).isEqualTo(Headers.of(name, "plain"));
        assertThat(redaction.target("/v1/files?" + name + "=plain")).isEqualTo("/v1/files?" + name + "=plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api%5Fkey", "api%5fKEY", "%6Bey", "access%2Dtoken", "t%6Fken", "key%5B%5D", "pass%77ord%"})
    void namesInQueriesAreDecodedFirst(String name) {
        assertThat(redaction.target("/v1/files?" + name + "=sk-1")).matches("/v1/files\\?" + name + "=" + HASH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m%6Fnkey", "%", "%4", "%zz", "a%20b", "key%20board"})
    void aDecodedNameThatIsNoCredentialStandsAsItCame(String name) {
        assertThat(redaction.target("/v1/files?" + name + "=plain")).isEqualTo("/v1/files?" + name + "=plain");
    }

    @Test
    void oneCredentialHasOneHashInOneStore() {
        Headers twice = redaction.headers(Headers.of("x-api-key", "sk-1", "authorization", "sk-1", "cookie", "sk-2"));
        Headers elsewhere = new Redaction(Bytes.utf8("another"), "x-api-key").headers(Headers.of("x-api-key", "sk-1"));

        assertThat(twice.first("x-api-key")).isEqualTo(twice.first("authorization"));
        assertThat(twice.first("cookie")).isNotEqualTo(twice.first("x-api-key"));
        assertThat(elsewhere.first("x-api-key")).isNotEqualTo(twice.first("x-api-key"));
    }
}
