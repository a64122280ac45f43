package dev.ccproxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void theProxyOfTheEnvironmentLeadsToTheUpstreamByName() throws Exception {
        TlsIdentity identity = TlsIdentity.create(folder, "dns:upstream.example");
        try (FakeUpstream upstream = okay(identity);
                ConnectProxy connect = new ConnectProxy(upstream.port());
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        URI.create("https://upstream.example"),
                        Map.of("HTTPS_PROXY", "http://127.0.0.1:" + connect.port()),
                        caFile(identity));
                RawClient client = proxy.client()) {
            assertThat(client.post("/v1/messages", BODY).read().text()).isEqualTo("{\"ok\":true}");
            assertThat(connect.requestLines).containsExactly("CONNECT upstream.example:443 HTTP/1.1");
            assertThat(upstream.awaitRequest().head().header("host")).isEqualTo("upstream.example");
        }
    }

    private static String[] caFile(TlsIdentity identity) {
        return new String[] {"providers.anthropic.ca_file", identity.pem().toString()};
    }

    private static FakeUpstream okay(TlsIdentity identity) throws IOException {
        return FakeUpstream.startTls(identity, (request, reply) -> reply.json("200 OK", "{\"ok\":true}"));
    }

    /** A forward proxy that leads every CONNECT to one port of this machine. */
    private static final class ConnectProxy implements AutoCloseable {
        private final List<String> requestLines = new CopyOnWriteArrayList<>();
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int target;

        ConnectProxy(int target) throws IOException {
            this.target = target;
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return listener.getLocalPort();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = listener.accept();
                    Thread.ofVirtual().start(() -> connect(client));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void connect(Socket client) {
            try (client;
                    Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
                StringBuilder head = new StringBuilder();
                while (!head.toString().endsWith("\r\n\r\n")) {
                    head.append((char) client.getInputStream().read());
                }
                requestLines.add(head.substring(0, head.indexOf("\r\n")));
                client.getOutputStream()
                        .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                Thread up = Thread.ofVirtual().start(() -> copy(client, upstream));
                copy(upstream, client);
                up.interrupt();
            } catch (IOException over) {
                // One side has closed.
            }
        }

        private static void copy(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException over) {
                // One side has closed.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
