package dev.ccproxy.auth;

import dev.ccproxy.config.Network;
import dev.ccproxy.config.ServerSettings;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells where requests come from. What a client says about itself in {@code X-Forwarded-For} is believed only where a
 * trusted proxy has said it. Immutable.
 */
final class Callers {

    private final List<Network> trusted;

    Callers(ServerSettings settings) {
        this.trusted = settings.trustProxy() ? settings.trustedProxies() : List.of();
    }

    /** Where a request comes from that arrived from this peer, an address without port. */
    Caller of(String peer, Headers headers) {
        boolean local = address(peer).filter(InetAddress::isLoopbackAddress).isPresent()
                && headers.lines().stream().noneMatch(Callers::saysForwarded);
        return new Caller(isTrusted(peer) ? original(peer, headers) : peer, local);
    }

    private static boolean saysForwarded(Header line) {
        String name = line.name().toLowerCase(Locale.ROOT);
        return name.startsWith("x-forwarded-") || name.equals("forwarded") || name.equals("via");
    }

    /** Each proxy adds the address it was called from at the end; the last one that no trusted proxy has is the client. */
    private String original(String peer, Headers headers) {
        List<String> hops = new ArrayList<>();
        headers.all("x-forwarded-for").forEach(line -> hops.addAll(Arrays.asList(line.split(",", -1))));
        String client = peer;
        for (String hop : hops.reversed()) {
            String named = hop.strip();
            if (address(named).isEmpty()) {
                return client;
            }
            client = named;
            if (!isTrusted(named)) {
                return client;
            }
        }
        return client;
    }

    private boolean isTrusted(String peer) {
        return !trusted.isEmpty()
                && address(peer)
                        .filter(address -> trusted.stream().anyMatch(network -> network.contains(address)))
                        .isPresent();
    }

    /** Never asks the name service. */
    static Optional<InetAddress> address(String text) {
        int zone = text.indexOf('%');
        String literal = zone == -1 ? text : text.substring(0, zone);
        try {
            return literal.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
