package dev.ccproxy.api.route;

import dev.ccproxy.http.Access;
import dev.ccproxy.http.Endpoint;
import java.util.List;

/** A {@link Route} as it is being written down: {@code viewer("GET", ...).replies(...).by(handler)}. Immutable. */
public record RouteDraft(
        String method,
        String path,
        Access access,
        String operation,
        String summary,
        boolean strict,
        List<Parameter> parameters,
        List<Reply> replies) {

    public static RouteDraft open(String method, String path, String operation, String summary) {
        return new RouteDraft(method, path, Access.OPEN, operation, summary, false, List.of(), List.of());
    }

    public static RouteDraft viewer(String method, String path, String operation, String summary) {
        return new RouteDraft(method, path, Access.VIEWER, operation, summary, true, List.of(), List.of());
    }

    public static RouteDraft admin(String method, String path, String operation, String summary) {
        return new RouteDraft(method, path, Access.ADMIN, operation, summary, true, List.of(), List.of());
    }

    /** Query parameters that are not listed are passed over. */
    public RouteDraft lenient() {
        return new RouteDraft(method, path, access, operation, summary, false, parameters, replies);
    }

    public RouteDraft parameters(Parameter... taken) {
        return new RouteDraft(method, path, access, operation, summary, strict, List.of(taken), replies);
    }

    public RouteDraft replies(Reply... given) {
        return new RouteDraft(method, path, access, operation, summary, strict, parameters, List.of(given));
    }

    public Route by(Endpoint.Handler handler) {
        return new Route(method, path, access, operation, summary, strict, parameters, replies, handler);
    }
}
