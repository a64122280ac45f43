package dev.ccproxy.api.route;

import dev.ccproxy.http.Access;
import dev.ccproxy.http.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Route} as it is being written down: {@code viewer("GET", ...).replies(...).by(handler)}. Immutable. */
public record RouteDraft(
        String method,
        String path,
        Access access,
        String operation,
        String summary,
        boolean strict,
        List<Parameter> parameters,
        @Nullable Class<?> takes,
        List<Reply> replies) {

    public static RouteDraft open(String method, String path, String operation, String summary) {
        return new RouteDraft(method, path, Access.OPEN, operation, summary, false, List.of(), null, List.of());
    }

    public static RouteDraft viewer(String method, String path, String operation, String summary) {
        return new RouteDraft(method, path, Access.VIEWER, operation, summary, true, List.of(), null, List.of());
    }

    public static RouteDraft admin(String method, String path, String operation, String summary) {
        return new RouteDraft(method, path, Access.ADMIN, operation, summary, true, List.of(), null, List.of());
    }

    /** Query parameters that are not listed are passed over. */
    public RouteDraft lenient() {
        return new RouteDraft(method, path, access, operation, summary, false, parameters, takes, replies);
    }

    public RouteDraft parameters(Parameter... taken) {
        return new RouteDraft(method, path, access, operation, summary, strict, List.of(taken), takes, replies);
    }

    /** The body is JSON, in the form of that record. */
    public RouteDraft takes(Class<?> form) {
        return new RouteDraft(method, path, access, operation, summary, strict, parameters, form, replies);
    }

    public RouteDraft replies(Reply... given) {
        return new RouteDraft(method, path, access, operation, summary, strict, parameters, takes, List.of(given));
    }

    public Route by(Endpoint.Handler handler) {
        return new Route(method, path, access, operation, summary, strict, parameters, takes, replies, handler);
    }
}
