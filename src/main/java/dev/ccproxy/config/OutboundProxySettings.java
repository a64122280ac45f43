package dev.ccproxy.config;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Which proxy the program itself goes through, read as Go's {@code ProxyFromEnvironment} and curl read it.
 *
 * @param forHttps used for upstreams with an {@code https} base URL
 * @param forHttp used for upstreams with an {@code http} base URL
 * @param exceptions hosts that are reached directly; loopback hosts always are
 */
public record OutboundProxySettings(
        Optional<OutboundProxy> forHttps, Optional<OutboundProxy> forHttp, ProxyExceptions exceptions) {

    /** Everything is reached directly. */
    public static OutboundProxySettings none() {
        return new OutboundProxySettings(Optional.empty(), Optional.empty(), ProxyExceptions.none());
    }

    /** Tells through which proxy, if any, the upstream with this base URL is reached. */
    public Optional<OutboundProxy> proxyFor(URI baseUrl) {
        boolean https = baseUrl.getScheme().toLowerCase(Locale.ROOT).equals("https");
        int defaultPort = https ? 443 : 80;
        int port = baseUrl.getPort() == -1 ? defaultPort : baseUrl.getPort();
        Optional<OutboundProxy> proxy = https ? forHttps : forHttp;
        return proxy.filter(_ -> !exceptions.contain(baseUrl.getHost(), port));
    }
}
