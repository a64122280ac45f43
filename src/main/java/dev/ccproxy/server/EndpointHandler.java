package dev.ccproxy.server;

import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves our own endpoints: reads the request whole (bounded), refuses changing calls from foreign pages, and runs the
 * endpoint on a virtual thread, so that it may block.
 */
public final class EndpointHandler implements Handler<HttpServerRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointHandler.class);

    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final EndpointRouter router;

    /** Serves these and answers 404 or 405 to everything else. */
    public EndpointHandler(List<Endpoint> endpoints) {
        this.router = new EndpointRouter(endpoints);
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
        String method = request.method().name();
        switch (router.find(method, path)) {
            case EndpointRouter.Match.Nothing() -> refuse(request, Problems.notFound(target.path()));
            case EndpointRouter.Match.WrongMethod(String allow) -> refuse(request, Problems.wrongMethod(allow));
            case EndpointRouter.Match.Found found
            when !SameOrigin.allows(request) -> refuse(request, Problems.foreignOrigin());
            case EndpointRouter.Match.Found(Endpoint endpoint, Map<String, String> pathValues) ->
                readAndRun(request, endpoint, target, pathValues);
        }
    }

    private void readAndRun(
            HttpServerRequest request, Endpoint endpoint, QueryStringDecoder target, Map<String, String> pathValues) {
        Buffer body = Buffer.buffer();
        request.handler(piece -> {
            if (body.length() + piece.length() > MAX_BODY_BYTES) {
                request.handler(null);
                request.endHandler(null);
                refuse(request, Problems.tooLarge(MAX_BODY_BYTES));
            } else {
                body.appendBuffer(piece);
            }
        });
        request.endHandler(end -> run(request, endpoint, call(request, target, pathValues, body)));
    }

    private static Call call(
            HttpServerRequest request, QueryStringDecoder target, Map<String, String> pathValues, Buffer body) {
        Map<String, String> query = new HashMap<>();
        target.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
        List<Header> headers = new ArrayList<>();
        request.headers().forEach((name, value) -> headers.add(new Header(name, value)));
        return new Call(
                request.method().name(),
                target.path(),
                pathValues,
                query,
                new Headers(headers),
                Bytes.wrap(body.getBytes()),
                request.remoteAddress().host());
    }

    private static void run(HttpServerRequest request, Endpoint endpoint, Call call) {
        ClientAnswer client = new ClientAnswer(request);
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

    private static void refuse(HttpServerRequest request, Answer.Full answer) {
        new ClientAnswer(request).sendAndClose(answer);
    }
}
