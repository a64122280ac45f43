package dev.ccproxy.proxy;

import dev.ccproxy.config.ApiKey;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.HopByHop;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of headers on the way: the whole list of changes, but for lines with a token of ours, which
 * {@link dev.ccproxy.auth.ProxyGate} has taken out. Order, case, repetition and values stay; hop-by-hop headers and an
 * {@code Expect: 100-continue} that we answer end here; {@code Host} becomes the upstream's in its old place;
 * {@code anthropic-version} is added where the client sent none. The length of a body that a setting has changed is its
 * new one. A key that is configured replaces the client's credential. A rerouted request has the head of its
 * {@link Attempt}.
 */
final class ForwardedHeaders {

    private ForwardedHeaders() {}

    /** The lines as they came. */
    static Headers read(MultiMap wire) {
        List<Header> lines = new ArrayList<>(32);
        for (Map.Entry<String, String> line : wire) {
            lines.add(new Header(line.getKey(), line.getValue()));
        }
        return new Headers(lines);
    }

    /** @param bodyLength of a body that was changed; null for the client's own */
    @SuppressWarnings("MissingSummary")
    static void request(Headers client, String host, String version, @Nullable Integer bodyLength, MultiMap upstream) {
        HopByHop hopByHop = HopByHop.of(client.all("connection"));
        boolean versioned = false;
        for (Header line : client) {
            if (line.is("host")) {
                upstream.add(line.name(), host);
            } else if (bodyLength != null && line.is("content-length")) {
                upstream.add(line.name(), bodyLength.toString());
            } else if (!hopByHop.contains(line.name()) && !isAnsweredExpect(line)) {
                upstream.add(line.name(), line.value());
                versioned |= line.is("anthropic-version");
            }
        }
        if (!versioned) {
            upstream.add("anthropic-version", version);
        }
    }

    /** A key of the provider's own stands in for the client's credential. */
    static void ownKey(ApiKey key, MultiMap upstream) {
        upstream.remove("authorization");
        upstream.set("x-api-key", key.value());
    }

    static void response(Headers upstream, MultiMap client) {
        HopByHop hopByHop = HopByHop.of(upstream.all("connection"));
        for (Header line : upstream) {
            if (!hopByHop.contains(line.name())) {
                client.add(line.name(), line.value());
            }
        }
    }

    static boolean expectsContinue(Headers client) {
        return client.lines().stream().anyMatch(ForwardedHeaders::isAnsweredExpect);
    }

    private static boolean isAnsweredExpect(Header line) {
        return line.is("expect") && line.value().equalsIgnoreCase("100-continue");
    }
}
