package dev.ccproxy.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that settings have. */
final class ValueTypes {

    /** An empty database and some exchanges; a limit below could not be kept. */
    private static final long SMALLEST_DATABASE_BYTES = 10 << 20;

    static final ValueType<Integer> PORT = new ValueType<>(
            "PORT", "a port from 0 to 65535, where 0 takes any free one", text -> Numbers.whole(text, 0, 65_535));

    static final ValueType<Integer> RETRIES =
            new ValueType<>("NUMBER", "a whole number from 0 to 10", text -> Numbers.whole(text, 0, 10));

    static final ValueType<List<Integer>> STATUSES = new ValueType<List<Integer>>(
                    "STATUSES",
                    "429 and statuses from 500 to 599, as a list or separated by commas",
                    ValueTypes::statuses)
            .orList();

    static final ValueType<Duration> DURATION =
            new ValueType<>("DURATION", "a duration such as 600 (seconds), 500ms, 30s, 10m or 1h", Numbers::duration);

    static final ValueType<Duration> POSITIVE_DURATION = new ValueType<>(
            "DURATION",
            "a duration above zero such as 600 (seconds), 500ms, 30s, 10m or 1h",
            text -> Numbers.duration(text).filter(Duration::isPositive));

    static final ValueType<Long> SIZE =
            new ValueType<>("SIZE", "a size such as 67108864 (bytes), 64KiB, 64MiB or 1GiB", Numbers::bytes);

    static final ValueType<Duration> AGE =
            new ValueType<>("AGE", "an age above zero such as 30d, 12h or 600 (seconds)", Numbers::age);

    static final ValueType<Long> DATABASE_SIZE = new ValueType<>(
            "SIZE",
            "a size of at least 10MiB, such as 500MiB or 2GiB",
            text -> Numbers.bytes(text).filter(bytes -> bytes >= SMALLEST_DATABASE_BYTES));

    static final ValueType<String> HOST = new ValueType<>(
            "HOST",
            "an address or a host name without port, such as 127.0.0.1",
            text -> Optional.of(text).filter(ValueTypes::isHost));

    static final ValueType<List<String>> HOSTS = new ValueType<List<String>>(
                    "HOSTS",
                    "host names without port, as a list or separated by commas, such as proxy.example.com",
                    text -> Optional.of(commaSeparated(text))
                            .filter(hosts -> hosts.stream().allMatch(ValueTypes::isHost)))
            .orList();

    static final ValueType<URI> BASE_URL = new ValueType<>(
            "URL",
            "an http:// or https:// address with a host and without user, query or fragment,"
                    + " such as https://api.anthropic.com",
            ValueTypes::baseUrl);

    static final ValueType<OutboundProxy> PROXY_URL = new ValueType<OutboundProxy>(
                    "URL",
                    "a proxy such as http://proxy.example.com:3128 or socks5://user:password@proxy.example.com:1080",
                    ProxyAddress::parse)
            .maskedBy(ProxyAddress::withoutCredentials);

    static final ValueType<ProxyExceptions> PROXY_EXCEPTIONS = new ValueType<ProxyExceptions>(
                    "HOSTS",
                    "*, domains, addresses and networks such as 10.0.0.0/8, separated by commas",
                    ProxyExceptions::parse)
            .orList();

    static final ValueType<Boolean> BOOLEAN = new ValueType<>("BOOLEAN", "true or false", ValueTypes::truth);

    static final ValueType<SecretHash> SECRET = new ValueType<>(
            "SECRET",
            "one or more characters",
            text -> Optional.of(text).filter(it -> !it.isEmpty()).map(SecretHash::of));

    static final ValueType<List<AccessToken>> ACCESS_TOKENS = new ValueType<List<AccessToken>>(
                    "TOKENS",
                    "a list of name, role (proxy, viewer or admin) and sha256 (64 hex digits), no name and no hash twice",
                    AccessToken::parse)
            .maskedBy(AccessToken::withoutHashes)
            .orListOf(AccessToken.MEMBERS);

    static final ValueType<String> CREDENTIAL_HEADER = new ValueType<>(
            "HEADER",
            "the name of a header that means nothing else in HTTP, such as x-api-key",
            text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(ValueTypes::isCredentialHeader));

    static final ValueType<List<Network>> NETWORKS = new ValueType<List<Network>>(
                    "NETWORKS",
                    "addresses and networks such as 10.0.0.0/8, or the word loopback, as a list or separated by commas",
                    ValueTypes::networks)
            .orList();

    static final ValueType<List<String>> ORIGINS = new ValueType<List<String>>(
                    "ORIGINS",
                    "origins such as https://tools.example.com, as a list or separated by commas; never *",
                    ValueTypes::origins)
            .orList();

    static final ValueType<String> HEADER_VALUE = new ValueType<>(
            "TEXT",
            "a header value of visible ASCII characters, such as 2023-06-01",
            text -> Optional.of(text).filter(it -> it.matches("[!-~]+")));

    static final ValueType<StorageSettings.DatabaseType> DATABASE_TYPE = new ValueType<>(
            "WORD",
            "sqlite, the only database of this version; PostgreSQL comes later",
            text -> Optional.of(StorageSettings.DatabaseType.SQLITE).filter(_ -> text.equalsIgnoreCase("sqlite")));

    static final ValueType<Path> FILE = new ValueType<>("FILE", "a file path", ValueTypes::path);

    static final ValueType<Path> FOLDER = new ValueType<>(
            "FOLDER", "the path of a folder; ~ at its beginning is the home of who runs this", ValueTypes::inHome);

    static final ValueType<List<PriceSettings>> PRICES = new ValueType<>(
                    "PRICES",
                    "a list of prices, such as [{model: claude-opus-5-5, input: 4, output: 20, cache_read: 0.2}]",
                    text -> new PriceReading(text).prices())
            .explainedBy(text -> new PriceReading(text).problem())
            .orTree();

    static final ValueType<Path> READABLE_FILE = new ValueType<>(
            "FILE",
            "a file that exists and can be read",
            text -> path(text).filter(Files::isRegularFile).filter(Files::isReadable));

    private static final Set<String> MEANS_SOMETHING_ELSE = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "transfer-encoding",
            "upgrade",
            "via");

    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?");

    private ValueTypes() {}

    /** One of a fixed set of words; case does not matter. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type, Function<E, String> word) {
        List<E> values = Arrays.asList(type.getEnumConstants());
        String words = values.stream().map(word).collect(Collectors.joining(", "));
        return new ValueType<>(
                "WORD",
                "one of " + words,
                text -> values.stream()
                        .filter(value -> word.apply(value).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        return oneOf(type, value -> value.name().toLowerCase(Locale.ROOT));
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> Optional.of(true);
            case "false", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static boolean isCredentialHeader(String name) {
        return name.matches("[a-z0-9!#$%&'*+.^_`|~-]+") && !MEANS_SOMETHING_ELSE.contains(name);
    }

    private static Optional<List<Network>> networks(String text) {
        List<Network> networks = new ArrayList<>();
        for (String part : commaSeparated(text.replaceAll("(?i)\\bloopback\\b", "127.0.0.0/8,::1"))) {
            Optional<Network> network = Network.parse(part);
            if (network.isEmpty()) {
                return Optional.empty();
            }
            networks.add(network.get());
        }
        return Optional.of(networks);
    }

    private static Optional<List<String>> origins(String text) {
        List<String> origins = commaSeparated(text).stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
        return Optional.of(origins).filter(all -> all.stream().allMatch(ValueTypes::isOrigin));
    }

    private static boolean isOrigin(String text) {
        return baseUrl(text).filter(url -> url.getRawPath().isEmpty()).isPresent();
    }

    private static Optional<List<Integer>> statuses(String text) {
        List<Integer> statuses = new ArrayList<>();
        for (String part : commaSeparated(text)) {
            Optional<Integer> status = part.equals("429") ? Optional.of(429) : Numbers.whole(part, 500, 599);
            if (status.isEmpty()) {
                return Optional.empty();
            }
            statuses.add(status.get());
        }
        return Optional.of(statuses);
    }

    private static List<String> commaSeparated(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static boolean isHost(String text) {
        return HOST_NAME.matcher(text).matches() || Addresses.literal(text).isPresent();
    }

    private static Optional<URI> baseUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean http = uri.getScheme() != null
                    && (uri.getScheme().equalsIgnoreCase("http")
                            || uri.getScheme().equalsIgnoreCase("https"));
            boolean plain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65_535;
            return http && plain ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Path> inHome(String text) {
        boolean home = text.equals("~") || text.startsWith("~/") || text.startsWith("~\\");
        return path(home ? System.getProperty("user.home") + text.substring(1) : text);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}
