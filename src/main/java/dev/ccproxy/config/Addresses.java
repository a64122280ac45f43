package dev.ccproxy.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses without ever asking the name service. */
final class Addresses {

    /** {@link InetAddress#ofLiteral} also reads {@code 127.1} and {@code 10}; people write those as names. */
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private Addresses() {}

    static Optional<InetAddress> literal(String host) {
        if (!host.contains(":") && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Whether a bind address can be reached from this machine only. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }
}
