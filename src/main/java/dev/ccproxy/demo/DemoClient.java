package dev.ccproxy.demo;

import dev.ccproxy.demo.DemoScript.Agent;
import dev.ccproxy.demo.DemoScript.Session;
import dev.ccproxy.demo.DemoScript.Step;
import dev.ccproxy.demo.DemoScript.Turn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Plays sessions against a proxy, with requests as Claude Code sends them. For one thread. */
final class DemoClient {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String TITLE_MODEL = "claude-haiku-5-5";
    private static final int OVERLOADED_MILLIS = 60;

    private final HttpClient http;
    private final URI proxy;
    private final DemoUpstream upstream;
    private final DemoPace pace;
    private final Random random;

    DemoClient(HttpClient http, URI proxy, DemoUpstream upstream, DemoPace pace, Random random) {
        this.http = http;
        this.proxy = proxy;
        this.upstream = upstream;
        this.pace = pace;
        this.random = random;
    }

    /** Plays a session to its end. */
    void play(Session session) throws IOException, InterruptedException {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        title(session, id);
        DemoThread thread = new DemoThread(session.model(), session.directory(), false);
        for (Turn turn : session.turns()) {
            thread.ask(turn.prompt());
            count(thread, id);
            for (Step step : turn.steps()) {
                step(thread, step, session, id, null);
            }
            pace.between(random);
        }
    }

    private void step(DemoThread thread, Step step, Session session, String id, @Nullable String agent)
            throws IOException, InterruptedException {
        if (step.rewrites()) {
            thread.rewrite();
        }
        ObjectNode request = thread.request(userId(id));
        if (step.refused() != null) {
            DemoAnswer refusal = new DemoAnswer(
                    step.refused(), thread.model(), List.of(), new DemoAnswer.Tokens(0, 0, 0, 0), OVERLOADED_MILLIS, 0);
            send("/v1/messages?beta=true", request, id, agent, refusal);
        }
        DemoAnswer.Tokens input = thread.tokens(0);
        List<ObjectNode> blocks = thread.answer(step);
        long output =
                blocks.stream().mapToLong(block -> block.toString().length()).sum() / 3;
        DemoAnswer answer = new DemoAnswer(
                200,
                thread.model(),
                blocks,
                new DemoAnswer.Tokens(input.input(), input.read(), input.written(), output),
                pace.firstMillis(random),
                pace.pieceMillis(random));
        send("/v1/messages?beta=true", request, id, agent, answer);
        if (step.agent() != null) {
            subagent(step.agent(), session, id);
        }
        pace.tool(random);
        thread.results(step);
    }

    private void subagent(Agent agent, Session session, String id) throws IOException, InterruptedException {
        String agentId = "a" + String.format("%016x", random.nextLong());
        DemoThread thread = new DemoThread(agent.model(), session.directory(), true);
        thread.ask(agent.prompt());
        for (Step step : agent.steps()) {
            step(thread, step, session, id, agentId);
        }
    }

    private void title(Session session, String id) throws IOException, InterruptedException {
        ObjectNode request = NODES.objectNode()
                .put("model", TITLE_MODEL)
                .put("max_tokens", 512)
                .put("stream", true);
        request.putObject("output_config").putObject("format").put("type", "json_schema");
        request.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", session.turns().getFirst().prompt());
        request.putObject("metadata").put("user_id", userId(id));
        ObjectNode title = NODES.objectNode().put("type", "text");
        title.put("text", NODES.objectNode().put("title", session.title()).toString());
        send(
                "/v1/messages?beta=true",
                request,
                id,
                null,
                new DemoAnswer(
                        200,
                        TITLE_MODEL,
                        List.of(title),
                        new DemoAnswer.Tokens(300, 0, 0, 17),
                        pace.firstMillis(random),
                        0));
    }

    /** The client counts a prompt before it sends it. */
    private void count(DemoThread thread, String id) throws IOException, InterruptedException {
        send("/v1/messages/count_tokens?beta=true", thread.request(userId(id)), id, null, null);
    }

    private void send(
            String target, ObjectNode body, String session, @Nullable String agent, @Nullable DemoAnswer answer)
            throws IOException, InterruptedException {
        String requestId = UUID.randomUUID().toString();
        if (answer != null) {
            upstream.plan(requestId, answer);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(proxy.resolve(target))
                .header("content-type", "application/json")
                .header("user-agent", "claude-cli/2.1.330 (external, demo)")
                .header("anthropic-version", "2023-06-01")
                .header("x-app", "cli")
                .header("x-claude-code-session-id", session)
                .header(DemoUpstream.REQUEST_ID, requestId)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (agent != null) {
            request.header("x-claude-code-agent-id", agent);
        }
        http.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private static String userId(String session) {
        return NODES.objectNode()
                .put("device_id", "0".repeat(64))
                .put("account_uuid", "")
                .put("session_id", session)
                .toString();
    }
}
