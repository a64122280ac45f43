package dev.ccproxy.server;

import dev.ccproxy.auth.DashboardGate;
import dev.ccproxy.auth.DashboardGate.Entry;
import dev.ccproxy.config.ServerSettings;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves our own endpoints: lets in who may come, refuses changing calls from foreign pages, reads the request whole
 * (bounded in bytes and in the time between two of them), and runs the endpoint on a virtual thread, so that it may
 * block.
 */
public final class EndpointHandler implements Handler<HttpServerRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointHandler.class);

    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final EndpointRouter router;
    private final DashboardGate gate;
    private final PageOrigins origins;
    private final Duration readTimeout;
    private final Duration writeTimeout;

    /** Serves these and answers 404 or 405 to everything else. */
    public EndpointHandler(List<Endpoint> endpoints, DashboardGate gate, PageOrigins origins, ServerSettings settings) {
        this.router = new EndpointRouter(endpoints);
        this.gate = gate;
        this.origins = origins;
        this.readTimeout = settings.readTimeout();
        this.writeTimeout = settings.writeTimeout();
    }

    @Override
    public void handle(HttpServerRequest request) {
        QueryStringDecoder target;
        List<String> path;
        try {
            target = new QueryStringDecoder(request.uri());
            path = Arrays.asList(target.path().substring(1).split("/", -1));
        } catch (IllegalArgumentException malformed) {
            refuse(request, Problems.badRequest("the request target is not a valid percent-encoded path"));
            return;
        }
        origins.grant(request);
        String method = request.method().name();
        switch (router.find(method, path)) {
            case EndpointRouter.Match.Nothing() -> refuse(request, Problems.notFound(target.path()));
            case EndpointRouter.Match.WrongMethod(String allow)
            when origins.isPreflight(request) -> origins.answerPreflight(request, allow);
            case EndpointRouter.Match.WrongMethod(String allow) -> refuse(request, Problems.wrongMethod(allow));
            case EndpointRouter.Match.Found(Endpoint endpoint, Map<String, String> pathValues) ->
                enter(request, endpoint, target, pathValues);
        }
    }

    private void enter(
            HttpServerRequest request, Endpoint endpoint, QueryStringDecoder target, Map<String, String> pathValues) {
        Headers headers = headers(request);
        switch (gate.enter(endpoint.access(), request.remoteAddress().host(), headers)) {
            case Entry.Allowed() when !origins.allows(request) -> refuse(request, Problems.foreignOrigin());
            case Entry.Allowed() -> readAndRun(request, endpoint, target, pathValues, headers);
            case Entry.Challenged(Duration wait) -> refuseAfter(wait, request, Problems.credentialsNeeded());
            case Entry.RoleTooSmall() -> refuse(request, Problems.roleTooSmall());
            case Entry.NobodyConfigured() -> refuse(request, Problems.nobodyConfigured());
            case Entry.Banished(Duration retryAfter) -> refuse(request, Problems.tooManyTries(retryAfter));
        }
    }

    private static Headers headers(HttpServerRequest request) {
        List<Header> headers = new ArrayList<>();
        request.headers().forEach((name, value) -> headers.add(new Header(name, value)));
        return new Headers(headers);
    }

    private void readAndRun(
            HttpServerRequest request,
            Endpoint endpoint,
            QueryStringDecoder target,
            Map<String, String> pathValues,
            Headers headers) {
        Buffer body = Buffer.buffer();
        SilenceLimit limit =
                new SilenceLimit(vertx(), readTimeout, () -> refuseRest(request, Problems.tooSlow(readTimeout)));
        request.exceptionHandler(broken -> limit.stop());
        request.handler(piece -> {
            if (body.length() + piece.length() > MAX_BODY_BYTES) {
                limit.stop();
                refuseRest(request, Problems.tooLarge(MAX_BODY_BYTES));
            } else {
                limit.heard();
                body.appendBuffer(piece);
            }
        });
        request.endHandler(end -> {
            limit.stop();
            run(request, endpoint, call(request, target, pathValues, headers, body));
        });
    }

    private void refuseRest(HttpServerRequest request, Answer.Full answer) {
        request.handler(null);
        request.endHandler(null);
        refuse(request, answer);
    }

    private static Call call(
            HttpServerRequest request,
            QueryStringDecoder target,
            Map<String, String> pathValues,
            Headers headers,
            Buffer body) {
        Map<String, String> query = new HashMap<>();
        target.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
        return new Call(
                request.method().name(),
                target.path(),
                pathValues,
                query,
                headers,
                Bytes.wrap(body.getBytes()),
                request.remoteAddress().host());
    }

    private void run(HttpServerRequest request, Endpoint endpoint, Call call) {
        ClientAnswer client = new ClientAnswer(request, writeTimeout);
        Thread.ofVirtual().name("api").start(() -> {
            Answer answer;
            try {
                answer = endpoint.handler().answer(call);
            } catch (Exception failed) {
                LOG.error("an endpoint failed method={} path={}", call.method(), endpoint.path(), failed);
                answer = Problems.internal();
            }
            client.send(answer);
        });
    }

    /** Whoever tries wrong credentials waits for being told so. */
    private void refuseAfter(Duration wait, HttpServerRequest request, Answer.Full answer) {
        if (wait.isZero()) {
            refuse(request, answer);
            return;
        }
        ClientAnswer client = new ClientAnswer(request, writeTimeout);
        vertx().setTimer(Math.max(1, wait.toMillis()), timer -> client.sendAndClose(answer));
    }

    private static Vertx vertx() {
        return Objects.requireNonNull(Vertx.currentContext(), "not on an event loop")
                .owner();
    }

    private void refuse(HttpServerRequest request, Answer.Full answer) {
        new ClientAnswer(request, writeTimeout).sendAndClose(answer);
    }
}
