package dev.ccproxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.FakeForwardProxy;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TlsUpstreamTest {

    private static final String BODY = "{\"model\":\"m\"}";

    @TempDir
    Path folder;

    @Test
    void aCertificateOfAConfiguredAuthorityIsTrusted() throws Exception {
        TlsIdentity identity = TlsIdentity.create(folder);
        try (FakeUpstream upstream = okay(identity);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, caFile(identity));
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", BODY).read().text()).isEqualTo("{\"ok\":true}");
            assertThat(upstream.awaitRequest().body().utf8()).isEqualTo(BODY);
        }
    }

    @Test
    void anUnknownCertificateIsRefusedBeforeAnythingIsSent() throws Exception {
        TlsIdentity identity = TlsIdentity.create(folder);
        try (FakeUpstream upstream = okay(identity);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received answer = client.post("/v1/messages", BODY).read();

            assertThat(answer.head().status()).isEqualTo(502);
            assertThat(answer.text()).contains("api_error", "TLS failed");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void aTrustedCertificateForAnotherNameIsRefused() throws Exception {
        TlsIdentity identity = TlsIdentity.create(folder, "dns:elsewhere.example");
        try (FakeUpstream upstream = okay(identity);
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, caFile(identity));
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", BODY).read().head().status()).isEqualTo(502);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"http, CONNECT upstream.example:443 HTTP/1.1", "socks5, SOCKS5 upstream.example:443"})
    void theProxyOfTheEnvironmentLeadsToTheUpstreamByName(String scheme, String asked) throws Exception {
        TlsIdentity identity = TlsIdentity.create(folder, "dns:upstream.example");
        try (FakeUpstream upstream = okay(identity);
                FakeForwardProxy forward = FakeForwardProxy.start(upstream.port());
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        URI.create("https://upstream.example"),
                        Map.of("HTTPS_PROXY", scheme + "://127.0.0.1:" + forward.port()),
                        caFile(identity));
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", BODY).read().text()).isEqualTo("{\"ok\":true}");
            assertThat(forward.asked()).containsExactly(asked);
            assertThat(upstream.awaitRequest().head().header("host")).isEqualTo("upstream.example");
        }
    }

    @Test
    void aHostThatNoProxyNamesIsReachedDirectly() throws Exception {
        TlsIdentity identity = TlsIdentity.create(folder);
        try (FakeUpstream upstream = okay(identity);
                FakeForwardProxy forward = FakeForwardProxy.start(upstream.port());
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        upstream.uri(),
                        Map.of("HTTPS_PROXY", "http://127.0.0.1:" + forward.port(), "NO_PROXY", "127.0.0.1"),
                        caFile(identity));
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", BODY).read().head().status()).isEqualTo(200);
            assertThat(forward.asked()).isEmpty();
        }
    }

    private static String[] caFile(TlsIdentity identity) {
        return new String[] {"providers.anthropic.ca_file", identity.pem().toString()};
    }

    private static FakeUpstream okay(TlsIdentity identity) throws IOException {
        return FakeUpstream.startTls(identity, (request, reply) -> reply.json("200 OK", "{\"ok\":true}"));
    }
}
