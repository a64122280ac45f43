package dev.ccproxy.server;

import dev.ccproxy.config.CorsSettings;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other sites from changing or reading anything, but for those that are configured: a browser names
 * the page's origin. Programs that are not browsers send neither header and pass. Immutable.
 */
public final class PageOrigins {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Set<String> allowed;

    /** Our own pages and those of the configured origins. */
    public PageOrigins(CorsSettings settings) {
        this.allowed = Set.copyOf(settings.allowedOrigins());
    }

    boolean allows(HttpServerRequest request) {
        if (READING.contains(request.method())) {
            return true;
        }
        String origin = request.getHeader("origin");
        if (isConfigured(origin)) {
            return true;
        }
        String site = request.getHeader("sec-fetch-site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        return origin == null || namesHost(origin, request.getHeader("host"));
    }

    /** Lets a browser show the answer to the configured page that asked for it. */
    void grant(HttpServerRequest request) {
        String origin = request.getHeader("origin");
        if (origin != null && isConfigured(origin)) {
            HttpServerResponse response = request.response();
            response.putHeader("Access-Control-Allow-Origin", origin);
            response.putHeader("Access-Control-Allow-Credentials", "true");
            response.putHeader("Vary", "Origin");
        }
    }

    /** Whether a browser asks on behalf of a configured page what that page may do. */
    boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && isConfigured(request.getHeader("origin"))
                && request.getHeader("access-control-request-method") != null;
    }

    /** Answers such a question. */
    void answerPreflight(HttpServerRequest request, String methods) {
        request.response()
                .setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", methods)
                .putHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID")
                .putHeader("Access-Control-Max-Age", "600")
                .end();
    }

    private boolean isConfigured(@Nullable String origin) {
        return origin != null && allowed.contains(origin.toLowerCase(Locale.ROOT));
    }

    private static boolean namesHost(String origin, @Nullable String host) {
        int scheme = origin.indexOf("://");
        return scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }
}
