package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboundProxySettingsTest {

    private static boolean isProxied(String exceptions, String baseUrl) {
        Optional<OutboundProxy> proxy = ProxyAddress.parse("http://proxy.example.net:3128");
        OutboundProxySettings settings = new OutboundProxySettings(
                proxy, proxy, ProxyExceptions.parse(exceptions).orElseThrow());
        return settings.proxyFor(URI.create(baseUrl)).isPresent();
    }

    @Test
    void eachSchemeHasItsProxy() {
        Optional<OutboundProxy> secure = ProxyAddress.parse("http://secure.example.net");
        Optional<OutboundProxy> plain = ProxyAddress.parse("socks5://plain.example.net");
        OutboundProxySettings settings = new OutboundProxySettings(secure, plain, ProxyExceptions.none());

        assertThat(settings.proxyFor(URI.create("HTTPS://api.example.com"))).isEqualTo(secure);
        assertThat(settings.proxyFor(URI.create("http://api.example.com"))).isEqualTo(plain);
        assertThat(secure.orElseThrow().port()).isEqualTo(80);
        assertThat(plain.orElseThrow().port()).isEqualTo(1080);
    }

    @Test
    void loopbackHostsAreNeverProxied() {
        for (String url : List.of("http://localhost:1", "https://LOCALHOST", "http://127.3.2.1", "http://[::1]:8080")) {
            assertThat(isProxied("", url)).as(url).isFalse();
        }
        assertThat(isProxied("", "https://localhost.example.com")).isTrue();
    }

    @Test
    void domainsExceptThemselvesAndWhatIsBelow() {
        assertThat(isProxied("other.example, Example.com ,", "https://example.com"))
                .isFalse();
        assertThat(isProxied("example.com", "https://api.EXAMPLE.com")).isFalse();
        assertThat(isProxied("example.com", "https://myexample.com")).isTrue();
        assertThat(isProxied(".example.com", "https://example.com")).isTrue();
        assertThat(isProxied(".example.com", "https://api.example.com")).isFalse();
        assertThat(isProxied("*.example.com", "https://api.example.com")).isFalse();
        assertThat(isProxied("*", "https://api.example.com")).isFalse();
    }

    @Test
    void portsNarrowAnException() {
        assertThat(isProxied("example.com:8443", "https://example.com:8443")).isFalse();
        assertThat(isProxied("example.com:8443", "https://example.com")).isTrue();
        assertThat(isProxied("example.com:443", "https://example.com")).isFalse();
        assertThat(isProxied("10.1.2.3:80", "http://10.1.2.3")).isFalse();
        assertThat(isProxied("[2001:db8::1]:80", "http://[2001:db8::1]")).isFalse();
    }

    @Test
    void addressesAndNetworksExceptByNumber() {
        assertThat(isProxied("10.1.2.3", "http://10.1.2.3:9000")).isFalse();
        assertThat(isProxied("10.0.0.0/9", "http://10.127.0.1")).isFalse();
        assertThat(isProxied("10.0.0.0/9", "http://10.128.0.1")).isTrue();
        assertThat(isProxied("0.0.0.0/0", "http://[2001:db8::1]")).isTrue();
        assertThat(isProxied("2001:db8::/32", "http://[2001:db8:1::1]")).isFalse();
        assertThat(isProxied("10.0.0.0/8", "http://ten.example.com")).isTrue();
    }

    @Test
    void nonsenseIsNotAnException() {
        for (String text : List.of("10.0.0.0/33", "example.com/8", "example.com:http", "a b", "..")) {
            assertThat(ProxyExceptions.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void proxyAddressesMayLackTheSchemeAndHoldCredentials() {
        assertThat(ProxyAddress.parse("proxy.example.net:3128").orElseThrow().host())
                .isEqualTo("proxy.example.net");
        assertThat(ProxyAddress.parse("http://a+b:c%3Ad@proxy.example.net")
                        .orElseThrow()
                        .credentials())
                .contains(new OutboundProxy.Credentials("a+b", "c:d"));
        for (String text :
                List.of("https://proxy.example.net", "http://", "http://proxy:99999", "http://a:%zz@p", "a b")) {
            assertThat(ProxyAddress.parse(text)).as(text).isEmpty();
        }
    }
}
