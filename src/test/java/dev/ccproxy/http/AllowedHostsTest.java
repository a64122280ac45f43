package dev.ccproxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    private final AllowedHosts hosts = new AllowedHosts(List.of("Proxy.Example.com", "fd00::1", "10.1.2.3"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:3001",
                "LOCALHOST:1",
                "127.0.0.1:3001",
                "[::1]",
                "[::1]:3001",
                "app.localhost",
                "proxy.example.com",
                "proxy.example.com.:443",
                "[fd00::1]:80",
                "10.1.2.3"
            })
    void answersLoopbackAndWhatIsConfigured(String host) {
        assertThat(hosts.contains(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example:3001",
                "proxy.example.com.evil",
                "[::2]",
                "[::1",
                "127.0.0.2",
                "xlocalhost",
                "localhost@evil.example"
            })
    void answersNothingElse(String host) {
        assertThat(hosts.contains(host)).isFalse();
    }
}
