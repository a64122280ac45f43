package dev.ccproxy.config;

import java.util.Optional;

/**
 * An HTTP or SOCKS proxy between this program and the upstream, such as {@code http://proxy.example.com:3128}.
 *
 * @param credentials for {@code Proxy-Authorization} (HTTP) or the SOCKS hand-shake
 */
public record OutboundProxy(Kind kind, String host, int port, Optional<Credentials> credentials) {

    /** The protocol spoken with the proxy. */
    public enum Kind {
        HTTP(80),
        SOCKS5(1080);

        private final int defaultPort;

        Kind(int defaultPort) {
            this.defaultPort = defaultPort;
        }

        int defaultPort() {
            return defaultPort;
        }
    }

    /** Who we are to the proxy; printing it never shows the password. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user + ":***";
        }
    }
}
