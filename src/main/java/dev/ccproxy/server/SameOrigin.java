package dev.ccproxy.server;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps foreign web pages from changing anything: a browser names the page's origin on every such call. Programs that
 * are not browsers send neither header and pass.
 */
final class SameOrigin {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private SameOrigin() {}

    static boolean allows(HttpServerRequest request) {
        if (READING.contains(request.method())) {
            return true;
        }
        String site = request.getHeader("sec-fetch-site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String origin = request.getHeader("origin");
        return origin == null || namesHost(origin, request.getHeader("host"));
    }

    private static boolean namesHost(String origin, @Nullable String host) {
        int scheme = origin.indexOf("://");
        return scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }
}
