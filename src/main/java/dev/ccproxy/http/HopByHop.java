package dev.ccproxy.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The headers that concern one connection only and end at a proxy: those of RFC 9110 section 7.6.1 and whatever the
 * {@code Connection} header nominates. {@code Trailer} and the {@code Proxy-Auth*} headers are not among them and pass.
 */
public final class HopByHop {

    private static final Set<String> NAMES =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade");

    /** {@code close} is no name; of the headers the message itself is made, and they cannot be nominated away. */
    private static final Set<String> NEVER_NOMINATED = Set.of("close", "host", "content-length", "content-encoding");

    private final List<String> nominated;

    private HopByHop(List<String> nominated) {
        this.nominated = nominated;
    }

    private static final HopByHop FIXED_ONLY = new HopByHop(List.of());

    /** The rule for a message with these {@code Connection} values. */
    public static HopByHop of(Iterable<String> connectionValues) {
        List<String> names = new ArrayList<>(2);
        for (String value : connectionValues) {
            for (String token : value.split(",", -1)) {
                String name = token.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !NAMES.contains(name) && !NEVER_NOMINATED.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names.isEmpty() ? FIXED_ONLY : new HopByHop(names);
    }

    /** Whether a header of that name (any case) stays on its own connection. */
    public boolean contains(String name) {
        int length = name.length();
        // The shortest is "te", the longest fixed one "transfer-encoding".
        if (length <= 17 && NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            return true;
        }
        return !nominated.isEmpty() && nominated.contains(name.toLowerCase(Locale.ROOT));
    }
}
