package dev.ccproxy.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A model server on loopback that answers what was planned for a request. Safe for all threads. */
final class DemoUpstream implements AutoCloseable {

    /** Tells which answer is meant; Claude Code sends a header of this name too. */
    static final String REQUEST_ID = "x-client-request-id";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int PIECE_CHARS = 24;
    private static final int CHARS_PER_TOKEN = 4;
    private static final Duration WINDOW = Duration.ofHours(5);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, DemoAnswer> planned = new ConcurrentHashMap<>();
    private final AtomicLong answers = new AtomicLong();
    private final Instant windowEnd = Instant.now().plus(WINDOW);

    private DemoUpstream(HttpServer server) {
        this.server = server;
    }

    static DemoUpstream start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DemoUpstream upstream = new DemoUpstream(server);
        server.setExecutor(upstream.threads);
        server.createContext("/", upstream::answer);
        server.start();
        return upstream;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void plan(String requestId, DemoAnswer answer) {
        planned.put(requestId, answer);
    }

    private void answer(HttpExchange exchange) throws IOException {
        int length = exchange.getRequestBody().readAllBytes().length;
        String id = exchange.getRequestHeaders().getFirst(REQUEST_ID);
        DemoAnswer answer = id == null ? null : planned.remove(id);
        long number = answers.incrementAndGet();
        exchange.getResponseHeaders().set("request-id", "req_demo_" + number);
        limits(exchange, number);
        try (exchange) {
            if (exchange.getRequestURI().getPath().endsWith("/count_tokens")) {
                json(exchange, 200, NODES.objectNode().put("input_tokens", length / CHARS_PER_TOKEN));
            } else if (answer == null) {
                refuse(exchange, 400, "invalid_request_error", "This is the demo: it only answers its own client.");
            } else if (answer.status() != 200) {
                refuse(exchange, answer.status(), "overloaded_error", "Overloaded");
            } else {
                stream(exchange, answer, "msg_demo_" + number);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The limits of a plan, which grow with each answer. */
    private void limits(HttpExchange exchange, long number) {
        String day = "anthropic-ratelimit-unified-7d-";
        String hours = "anthropic-ratelimit-unified-5h-";
        exchange.getResponseHeaders().set(hours + "status", "allowed");
        exchange.getResponseHeaders()
                .set(hours + "utilization", String.valueOf(Math.min(0.97, 0.18 + number * 0.0011)));
        exchange.getResponseHeaders().set(hours + "reset", String.valueOf(windowEnd.getEpochSecond()));
        exchange.getResponseHeaders().set(day + "status", "allowed");
        exchange.getResponseHeaders().set(day + "utilization", String.valueOf(Math.min(0.97, 0.41 + number * 0.0002)));
        exchange.getResponseHeaders()
                .set(
                        day + "reset",
                        String.valueOf(windowEnd.plus(Duration.ofDays(3)).getEpochSecond()));
    }

    private static void refuse(HttpExchange exchange, int status, String type, String message) throws IOException {
        ObjectNode error = NODES.objectNode().put("type", "error");
        error.putObject("error").put("type", type).put("message", message);
        json(exchange, status, error);
    }

    private static void json(HttpExchange exchange, int status, ObjectNode value) throws IOException {
        byte[] body = value.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void stream(HttpExchange exchange, DemoAnswer answer, String id)
            throws IOException, InterruptedException {
        Thread.sleep(answer.firstMillis());
        exchange.getResponseHeaders().set("content-type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        send(out, answer.start(id));
        for (int index = 0; index < answer.blocks().size(); index++) {
            block(out, index, answer.blocks().get(index), answer.pieceMillis());
        }
        send(out, answer.end());
        send(out, NODES.objectNode().put("type", "message_stop"));
    }

    private static void block(OutputStream out, int index, ObjectNode block, int pieceMillis)
            throws IOException, InterruptedException {
        DemoDeltas deltas = DemoDeltas.of(block, PIECE_CHARS);
        ObjectNode start = NODES.objectNode().put("type", "content_block_start").put("index", index);
        start.set("content_block", deltas.empty());
        send(out, start);
        for (ObjectNode delta : deltas.deltas()) {
            ObjectNode event =
                    NODES.objectNode().put("type", "content_block_delta").put("index", index);
            event.set("delta", delta);
            send(out, event);
            Thread.sleep(pieceMillis);
        }
        send(out, NODES.objectNode().put("type", "content_block_stop").put("index", index));
    }

    private static void send(OutputStream out, ObjectNode event) throws IOException {
        String text = "event: " + DemoAnswer.type(event) + "\ndata: " + event + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
