package dev.ccproxy.server;

import dev.ccproxy.http.AllowedHosts;
import dev.ccproxy.http.ErrorEnvelope;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The first look at a request: who it was meant for, then whether it is the model's ({@code /v1}) or ours. Nothing but
 * {@code /v1} is ever forwarded.
 */
public final class Dispatcher implements Handler<HttpServerRequest> {

    private final AllowedHosts hosts;
    private final @Nullable Handler<HttpServerRequest> model;
    private final Handler<HttpServerRequest> own;

    /**
     * The two ways a request may go.
     *
     * @param model gets what is under {@code /v1}; null on the dashboard's own port, where nothing is forwarded
     * @param own gets everything else
     */
    public Dispatcher(AllowedHosts hosts, @Nullable Handler<HttpServerRequest> model, Handler<HttpServerRequest> own) {
        this.hosts = hosts;
        this.model = model;
        this.own = own;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.CONNECT)) {
            refuse(
                    request,
                    403,
                    "permission_error",
                    "this is not a forward proxy: set ANTHROPIC_BASE_URL to its address");
        } else if (!meantForUs(request)) {
            refuse(
                    request,
                    421,
                    "invalid_request_error",
                    "this proxy does not answer to that host name; to allow it, add it to server.allowed_hosts"
                            + " (ALLOWED_HOSTS)");
        } else if (model != null && isModelPath(request.uri())) {
            model.handle(request);
        } else {
            own.handle(request);
        }
    }

    private boolean meantForUs(HttpServerRequest request) {
        String named = request.getHeader("host");
        return named != null && hosts.contains(named) && request.uri().startsWith("/");
    }

    private static boolean isModelPath(String target) {
        return target.startsWith("/v1/") || target.equals("/v1") || target.startsWith("/v1?");
    }

    private static void refuse(HttpServerRequest request, int status, String type, String message) {
        byte[] body = ErrorEnvelope.bytes(type, message);
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .putHeader("connection", "close")
                .end(Buffer.buffer(body))
                .onComplete(written -> request.connection().close());
    }
}
