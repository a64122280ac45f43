package dev.ccproxy.http;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code Host} values that are answered. A web page that re-points its own name at the loopback address (DNS
 * rebinding) still sends its own name here, so an allow-list of names keeps it out. Ports do not matter.
 */
public final class AllowedHosts {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names;

    /** The loopback names and these, such as {@code proxy.example.com} or {@code [fd00::1]}, without ports. */
    public AllowedHosts(Collection<String> more) {
        Set<String> all = new HashSet<>(LOOPBACK);
        more.forEach(name -> all.add(canonical(name)));
        this.names = Set.copyOf(all);
    }

    /** Whether a {@code Host} header of this value is answered, such as {@code localhost:3001}. */
    public boolean contains(String hostHeader) {
        String name = canonical(withoutPort(hostHeader));
        return names.contains(name) || name.endsWith(".localhost");
    }

    private static String withoutPort(String value) {
        int from = value.startsWith("[") ? value.indexOf(']') : 0;
        int colon = from < 0 ? -1 : value.indexOf(':', from);
        return colon < 0 ? value : value.substring(0, colon);
    }

    private static String canonical(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return bare.contains(":") && !bare.startsWith("[") ? "[" + bare + "]" : bare;
    }
}
