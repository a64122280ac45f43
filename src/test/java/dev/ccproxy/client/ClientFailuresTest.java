package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the client does about failures depends on every word of them, so they pass as they are: the run through the proxy
 * goes the same way as the direct one.
 */
class ClientFailuresTest {

    private ClientBench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new ClientBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({
        "429 Too Many Requests, rate_limit_error, ''",
        "429 Too Many Requests, rate_limit_error, retry-after: 1",
        "529 Overloaded, overloaded_error, ''",
        "500 Internal Server Error, api_error, ''",
    })
    void theClientRetriesAfter(String status, String type, String retryAfter) throws Exception {
        ClientRun run = bench.comparedWithDirect(
                failsFirst((request, reply) -> {
                    String[] lines = retryAfter.isEmpty() ? new String[0] : new String[] {retryAfter};
                    AnthropicScript.error(reply, status, type, "req_0Failed", lines);
                }),
                "Do it.");

        assertThat(run.result().output()).isEqualTo("In the end it worked.\n");
        assertThat(run.statuses()).containsExactly(Integer.parseInt(status.substring(0, 3)), 200);
        assertThat(run.recorded("outcome")).containsExactly("upstream_error", "completed");
        assertThat(run.recorded())
                .as("one group: the same body again")
                .extracting(exchange -> exchange.detail().get("attemptGroup").asString())
                .containsExactly(
                        run.recorded().getFirst().detail().get("attemptGroup").asString(),
                        run.recorded().getFirst().detail().get("attemptGroup").asString());
    }

    @Test
    void theClientStepsDownAfter400() throws Exception {
        ClientRun run = bench.comparedWithDirect(
                failsFirst((request, reply) ->
                        AnthropicScript.error(reply, "400 Bad Request", "invalid_request_error", "req_0Bad")),
                "Do it.");

        assertThat(run.statuses()).startsWith(400);
        assertThat(run.recorded("outcome")).startsWith("upstream_error");
    }

    @Test
    void theClientAsksWithoutAStreamAfter404() throws Exception {
        ClientRun run = bench.comparedWithDirect(
                (request, reply) -> {
                    if (request.streamed()) {
                        AnthropicScript.error(reply, "404 Not Found", "not_found_error", "req_0Missing");
                    } else {
                        AnthropicScript.message("msg_0Whole", request.model())
                                .text("Without a stream.")
                                .whole(reply);
                    }
                },
                "Do it.");

        assertThat(run.result().output()).isEqualTo("Without a stream.\n");
        assertThat(run.statuses()).containsExactly(404, 200);
        assertThat(run.recorded("outcome")).containsExactly("upstream_error", "completed");
        assertThat(run.recorded("stop")).containsExactly("", "end_turn");
    }

    @Test
    void aStreamCutInTheMiddleIsCutForTheClientToo() throws Exception {
        ClientRun run = bench.comparedWithDirect(
                failsFirst((request, reply) -> {
                    reply.stream(AnthropicScript.headerLines("req_0Cut"));
                    for (String event : halfOf(request)) {
                        reply.chunk(event);
                    }
                    reply.close();
                }),
                "Do it.");

        assertThat(run.result().output()).isEqualTo("In the end it worked.\n");
        assertThat(run.recorded("outcome")).containsExactly("upstream_broke", "completed");
        assertThat(run.before().getFirst().response().orElseThrow().ending()).isNotEqualTo(Ending.WHOLE);
    }

    @Test
    void anErrorEventInTheStreamReachesTheClient() throws Exception {
        ClientRun run = bench.comparedWithDirect(
                failsFirst((request, reply) -> {
                    reply.stream(AnthropicScript.headerLines("req_0Event"));
                    for (String event : halfOf(request)) {
                        reply.chunk(event);
                    }
                    reply.chunk(AnthropicScript.errorEvent("overloaded_error", "Overloaded"));
                    reply.lastChunk();
                }),
                "Do it.");

        assertThat(run.result().output()).isEqualTo("In the end it worked.\n");
        assertThat(run.recorded("outcome")).containsExactly("upstream_error", "completed");
    }

    @Test
    void aSlowStreamWithPingsIsWaitedFor() throws Exception {
        ClientRun run = bench.comparedWithDirect(
                (request, reply) -> {
                    AnthropicScript slow = AnthropicScript.message("msg_0Slow", request.model())
                            .text("Slow, but whole.");
                    reply.stream(slow.headerLines());
                    for (String event : slow.events()) {
                        reply.pause(Duration.ofMillis(100)).chunk(AnthropicScript.pingEvent());
                        reply.chunk(event);
                    }
                    reply.lastChunk();
                },
                "Do it.");

        assertThat(run.result().output()).isEqualTo("Slow, but whole.\n");
        assertThat(run.statuses()).containsExactly(200);
        assertThat(run.recorded("outcome")).containsExactly("completed");
    }

    /** Fails the first request, then answers. */
    private static ClientBench.Model failsFirst(ClientBench.Model failure) {
        return (request, reply) -> {
            if (request.wire().number() == 1) {
                failure.answer(request, reply);
            } else {
                answer(request, reply);
            }
        };
    }

    private static void answer(ModelRequest request, Reply reply) throws IOException {
        AnthropicScript worked =
                AnthropicScript.message("msg_0Worked", request.model()).text("In the end it worked.");
        if (request.streamed()) {
            worked.stream(reply);
        } else {
            worked.whole(reply);
        }
    }

    private static List<String> halfOf(ModelRequest request) {
        List<String> events = AnthropicScript.message("msg_0Half", request.model())
                .text("Half of this sentence will never be seen by anyone.")
                .events();
        return events.subList(0, events.size() / 2);
    }
}
