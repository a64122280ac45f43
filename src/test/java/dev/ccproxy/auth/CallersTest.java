package dev.ccproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Headers;
import dev.ccproxy.testing.TestSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallersTest {

    @TempDir
    private Path directory;

    @Test
    void aForwardedAddressIsNotBelievedByDefault() {
        Callers callers = new Callers(TestSettings.of(directory).server());

        assertThat(callers.of("127.0.0.1", Headers.of("X-Forwarded-For", "203.0.113.9")))
                .isEqualTo(new Caller("127.0.0.1", false));
        assertThat(callers.of("127.0.0.1", Headers.EMPTY)).isEqualTo(new Caller("127.0.0.1", true));
        assertThat(callers.of("::1", Headers.EMPTY)).isEqualTo(new Caller("::1", true));
        assertThat(callers.of("192.0.2.1", Headers.EMPTY)).isEqualTo(new Caller("192.0.2.1", false));
    }

    @Test
    void anySignOfForwardingEndsBeingLocal() {
        Callers callers = new Callers(TestSettings.of(directory).server());
        for (String name : new String[] {"Forwarded", "Via", "x-forwarded-for", "X-Forwarded-Proto", "X-Forwarded-X"}) {
            assertThat(callers.of("127.0.0.1", Headers.of(name, "")).local())
                    .as(name)
                    .isFalse();
        }
    }

    @Test
    void ofATrustedChainTheLastForeignAddressIsTheClient() {
        Callers callers = trusting("10.0.0.0/8,loopback");

        assertThat(address(callers, "10.1.1.1", "6.6.6.6, 203.0.113.9, 10.2.2.2"))
                .isEqualTo("203.0.113.9");
        assertThat(address(callers, "127.0.0.1", "203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(address(callers, "10.1.1.1", "10.9.9.9")).isEqualTo("10.9.9.9");
        assertThat(address(callers, "10.1.1.1", "203.0.113.9, nonsense")).isEqualTo("10.1.1.1");
        assertThat(address(callers, "10.1.1.1", "")).isEqualTo("10.1.1.1");
        assertThat(address(callers, "192.0.2.1", "203.0.113.9"))
                .as("the peer itself is not trusted")
                .isEqualTo("192.0.2.1");
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(trusting("loopback")
                        .of(
                                "127.0.0.1",
                                Headers.of("X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "203.0.113.9, 127.0.0.2"))
                        .address())
                .isEqualTo("203.0.113.9");
    }

    private Callers trusting(String networks) {
        return new Callers(TestSettings.of(directory, "server.trust_proxy", "true", "server.trusted_proxies", networks)
                .server());
    }

    private static String address(Callers callers, String peer, String forwardedFor) {
        return callers.of(peer, Headers.of("X-Forwarded-For", forwardedFor)).address();
    }
}
