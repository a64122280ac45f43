package dev.ccproxy.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Reads the address of an outbound proxy as {@code HTTPS_PROXY} has it: a URL, or host and port alone. */
final class ProxyAddress {

    private ProxyAddress() {}

    static Optional<OutboundProxy> parse(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
                return Optional.empty();
            }
            return kind(uri)
                    .flatMap(kind -> credentials(uri).map(credentials -> {
                        int port = uri.getPort() == -1 ? kind.defaultPort() : uri.getPort();
                        return new OutboundProxy(kind, uri.getHost(), port, credentials);
                    }));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** The address as it may be shown: {@code http://user:password@host} becomes {@code http://***@host}. */
    static String withoutCredentials(String text) {
        int at = text.lastIndexOf('@');
        if (at == -1) {
            return text;
        }
        int scheme = text.indexOf("://");
        String start = scheme == -1 || scheme > at ? "" : text.substring(0, scheme + 3);
        return start + "***" + text.substring(at);
    }

    private static Optional<OutboundProxy.Kind> kind(URI uri) {
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "http" -> Optional.of(OutboundProxy.Kind.HTTP);
            case "socks5", "socks5h" -> Optional.of(OutboundProxy.Kind.SOCKS5);
            default -> Optional.empty();
        };
    }

    /** The outer value is empty for user information that cannot be decoded, the inner one where there is none. */
    private static Optional<Optional<OutboundProxy.Credentials>> credentials(URI uri) {
        String userInfo = uri.getRawUserInfo();
        if (userInfo == null) {
            return Optional.of(Optional.empty());
        }
        int colon = userInfo.indexOf(':');
        String user = colon == -1 ? userInfo : userInfo.substring(0, colon);
        String password = colon == -1 ? "" : userInfo.substring(colon + 1);
        try {
            return Optional.of(Optional.of(new OutboundProxy.Credentials(decode(user), decode(password))));
        } catch (IllegalArgumentException badEscape) {
            return Optional.empty();
        }
    }

    /** In user information a plus is a plus, unlike in forms. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
