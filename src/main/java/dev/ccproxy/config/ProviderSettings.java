package dev.ccproxy.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One upstream.
 *
 * @param name key under {@code providers}, such as {@code anthropic}
 * @param baseUrl scheme, host, port and path prefix; the prefix is kept before the request's target
 * @param version {@code anthropic-version} added where the client sent none
 * @param httpVersion 1.1 passes header case and reason phrases exactly; 2 multiplexes
 * @param responseHeaderTimeout from the last request byte to the response head; zero is none
 * @param connectTimeout for TCP and TLS
 * @param caFile PEM certificates trusted besides the JDK's own
 */
public record ProviderSettings(
        String name,
        URI baseUrl,
        String version,
        HttpVersion httpVersion,
        Duration responseHeaderTimeout,
        Duration connectTimeout,
        Optional<Path> caFile) {

    public enum HttpVersion {
        HTTP_1_1("1.1"),
        HTTP_2("2");

        private final String number;

        HttpVersion(String number) {
            this.number = number;
        }

        /** As written in settings, such as {@code 1.1}. */
        public String number() {
            return number;
        }
    }
}
