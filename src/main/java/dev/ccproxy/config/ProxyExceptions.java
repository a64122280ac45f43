package dev.ccproxy.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Hosts that are reached without the outbound proxy, in the language of {@code NO_PROXY}.
 *
 * <p>A comma list of {@code *} (all), networks ({@code 10.0.0.0/8}), addresses, and domains: {@code example.com} and
 * everything below it, {@code .example.com} or {@code *.example.com} only what is below it. Addresses and domains may
 * end in {@code :port}. Names are compared as written, never looked up.
 */
public record ProxyExceptions(List<Rule> rules) {

    public ProxyExceptions {
        rules = List.copyOf(rules);
    }

    /** One entry of the list. */
    public sealed interface Rule {}

    record Everything() implements Rule {}

    record Within(Network network) implements Rule {}

    record Address(InetAddress address, OptionalInt port) implements Rule {}

    /** A domain; {@code suffix} starts with a dot. */
    record Domain(String suffix, boolean withItself, OptionalInt port) implements Rule {}

    static ProxyExceptions none() {
        return new ProxyExceptions(List.of());
    }

    /** Reads the list; empty where an entry makes no sense. */
    static Optional<ProxyExceptions> parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            String name = entry.strip().toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                continue;
            }
            Optional<Rule> rule = rule(name);
            if (rule.isEmpty()) {
                return Optional.empty();
            }
            rules.add(rule.get());
        }
        return Optional.of(new ProxyExceptions(rules));
    }

    /** Whether this host (a name, an IPv4 address, an IPv6 address with or without brackets) is reached directly. */
    boolean contain(String host, int port) {
        String name = withoutBrackets(host.toLowerCase(Locale.ROOT));
        Optional<InetAddress> address = literal(name);
        boolean loopback = name.equals("localhost")
                || address.map(InetAddress::isLoopbackAddress).orElse(false);
        return loopback || rules.stream().anyMatch(rule -> matches(rule, name, address, port));
    }

    private static boolean matches(Rule rule, String name, Optional<InetAddress> address, int port) {
        return switch (rule) {
            case Everything() -> true;
            case Within(Network network) -> address.filter(network::contains).isPresent();
            case Address(InetAddress listed, OptionalInt only) ->
                address.filter(listed::equals).isPresent() && isPort(only, port);
            case Domain(String suffix, boolean withItself, OptionalInt only) ->
                (name.endsWith(suffix) || (withItself && name.equals(suffix.substring(1)))) && isPort(only, port);
        };
    }

    private static boolean isPort(OptionalInt only, int port) {
        return only.isEmpty() || only.getAsInt() == port;
    }

    private static Optional<Rule> rule(String name) {
        if (name.equals("*")) {
            return Optional.of(new Everything());
        }
        if (name.contains("/")) {
            return Network.parse(name).map(Within::new);
        }
        Optional<InetAddress> whole = literal(withoutBrackets(name));
        if (whole.isPresent()) {
            return Optional.of(new Address(whole.get(), OptionalInt.empty()));
        }
        int colon = name.lastIndexOf(':');
        if (colon == -1) {
            return domain(name, OptionalInt.empty());
        }
        Optional<Integer> port = Numbers.whole(name.substring(colon + 1), 1, 65_535);
        String host = withoutBrackets(name.substring(0, colon));
        return port.flatMap(number -> literal(host)
                .<Rule>map(address -> new Address(address, OptionalInt.of(number)))
                .or(() -> domain(host, OptionalInt.of(number))));
    }

    private static Optional<Rule> domain(String name, OptionalInt port) {
        String rest = name.startsWith("*.") ? name.substring(1) : name;
        boolean withItself = !rest.startsWith(".");
        String suffix = withItself ? "." + rest : rest;
        return suffix.matches("(\\.[\\p{Alnum}_-]+)+")
                ? Optional.of(new Domain(suffix, withItself, port))
                : Optional.empty();
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static Optional<InetAddress> literal(String host) {
        return Addresses.literal(host);
    }
}
