package dev.ccproxy.config;

import dev.ccproxy.translate.Format;
import dev.ccproxy.translate.Quirk;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One upstream.
 *
 * @param name key under {@code providers}, such as {@code anthropic}
 * @param baseUrl scheme, host, port and path prefix; the prefix is kept before the request's target
 * @param version {@code anthropic-version} added where the client sent none
 * @param httpVersion 1.1 passes header case and reason phrases exactly; 2 multiplexes
 * @param responseHeaderTimeout from the last request byte to the response head; zero is none
 * @param connectTimeout for TCP and TLS
 * @param streamSilenceTimeout longest time without a byte of an answer that has begun; zero is none
 * @param totalTimeout of a whole exchange; zero is none
 * @param demoteNonstreaming whether requests for one whole answer are sent on as requests for a stream
 * @param caFile PEM certificates trusted besides the JDK's own
 * @param api what it speaks
 * @param credential what it is told about who asks
 */
public record ProviderSettings(
        String name,
        URI baseUrl,
        String version,
        HttpVersion httpVersion,
        Duration responseHeaderTimeout,
        Duration connectTimeout,
        Duration streamSilenceTimeout,
        Duration totalTimeout,
        Retries retries,
        boolean demoteNonstreaming,
        Optional<Path> caFile,
        Api api,
        Credential credential) {

    /** The name of the provider that requests go to where no rule says otherwise. */
    public static final String ANTHROPIC = "anthropic";

    /** The name of the provider that models named like OpenAI's go to. */
    public static final String OPENAI = "openai";

    /** Whether requests go there as the client sent them, with the client's own credential. */
    public boolean isClientsOwn() {
        return name.equals(ANTHROPIC);
    }

    /** Whether it is on another machine and is told nothing about who asks. */
    public boolean isKeyless() {
        return !isClientsOwn()
                && credential.key().isEmpty()
                && credential.headers().isEmpty()
                && !Addresses.isLoopback(baseUrl.getHost());
    }

    /**
     * When a request is tried again.
     *
     * @param most how often; 0 is never
     * @param statuses after which it is, besides not having reached the provider
     */
    public record Retries(int most, List<Integer> statuses) {
        public Retries {
            statuses = List.copyOf(statuses);
        }

        /** Whether a body that was sent may have to be sent once more. */
        public boolean repeatBodies() {
            return most > 0 && !statuses.isEmpty();
        }
    }

    /**
     * What a provider speaks.
     *
     * @param path path and query of its one endpoint, where it is not the usual one of its format
     * @param quirks how it differs from the API whose format it speaks
     * @param mostOutputTokens longest answer that it may be asked for; 0 is no limit
     */
    public record Api(Format format, Optional<String> path, Set<Quirk> quirks, long mostOutputTokens) {
        public Api {
            quirks = Set.copyOf(quirks);
        }
    }

    /**
     * What a provider is told about who asks.
     *
     * @param keyHeader the header that takes the key; without it that of the format
     * @param headers further header lines
     */
    public record Credential(Optional<ApiKey> key, Optional<String> keyHeader, List<HeaderLine> headers) {
        public Credential {
            headers = List.copyOf(headers);
        }
    }

    /** A header line that every request gets. */
    public record HeaderLine(String name, String value) {}

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
